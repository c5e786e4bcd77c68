/**
 * The person a card speaks of, in the words of the national interface. The card's person classes (S37) are fewer and other
 * than the interface's person types, so that part is a reading, not a copy:
 *
 *   card 11 employed -> 11 in service    21, 22 retired -> 12    31 retired cadre -> 13    32, 33, 34 -> 13 (inferred)
 *   card 91 other, residents' insurance  -> by age on the day of service: under 18 -> 14, 60 and over -> 16, else 15
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Holder } from '../../card/session/holder.ts'
import type { CardIdentity } from '../../card/session/identity.ts'
import type { MedicalInsurance } from '../../card/session/medical.ts'
import { ageOn, parseDate, type BusinessDate } from '../../settlement/calendar/business-date.ts'
import type { InsuredPerson } from '../../settlement/visit/visit-schema.ts'
import { insutypeField } from '../../settlement/wire/fields.ts'

export interface CardData {
  readonly identity: CardIdentity
  readonly holder: Holder
  readonly medical: MedicalInsurance
}

/** The person, and the 6-digit division where the person is insured. */
export interface CardPerson {
  readonly person: InsuredPerson & { readonly certno: string }
  readonly insuredRegion: string
}

export type PersonRefusal = {
  readonly kind: 'card-data-missing'
  readonly item: 'social security number' | 'birth date' | 'insurance type' | 'person class'
}

const PERSON_TYPES: Readonly<Record<string, string>> = { '11': '11', '21': '12', '22': '12', '31': '13', '32': '13', '33': '13', '34': '13' }
/** v1.00 has no insurance type on the card; its person classes are those of employees. */
const EMPLOYEE_INSURANCE = '310'
/** 380 new rural, 390 urban and rural residents, 391 town residents. */
const RESIDENT_INSURANCES: ReadonlySet<string> = new Set(['380', '390', '391'])
const CHILD_BELOW_AGE = 18
const ELDERLY_FROM_AGE = 60

export function insuredPerson({ identity, holder, medical }: CardData, on: BusinessDate): Result<CardPerson, PersonRefusal> {
  const citizenNumber = holder.socialSecurityNumber
  if (citizenNumber === undefined || citizenNumber === '') return refuse({ kind: 'card-data-missing', item: 'social security number' })
  const birthDate = parseDate(holder.birthDate ?? '')
  if (birthDate === undefined) return refuse({ kind: 'card-data-missing', item: 'birth date' })
  const insurance = insutypeField.safeParse(medical.insuranceType ?? (identity.version === '1.00' ? EMPLOYEE_INSURANCE : undefined))
  if (!insurance.success) return refuse({ kind: 'card-data-missing', item: 'insurance type' })
  const insutype = insurance.data
  const personType = personTypeOf(medical.personClass, insutype, ageOn(birthDate, on))
  if (personType === undefined) return refuse({ kind: 'card-data-missing', item: 'person class' })
  return ok({
    person: {
      certno: citizenNumber,
      psn_name: holder.name,
      insutype,
      psn_type: personType,
      brdy: birthDate
    },
    insuredRegion: medical.insuredRegion ?? identity.region
  })
}

function personTypeOf(personClass: string | undefined, insuranceType: string, age: number): string | undefined {
  if (RESIDENT_INSURANCES.has(insuranceType)) {
    if (age < CHILD_BELOW_AGE) return '14'
    return age >= ELDERLY_FROM_AGE ? '16' : '15'
  }
  return personClass === undefined ? undefined : (PERSON_TYPES[personClass] ?? '99')
}

/** Pooling is by city, and by the whole municipality in Beijing, Tianjin, Shanghai and Chongqing (GB/T 2260). */
export function samePoolingArea(left: string, right: string): boolean {
  const digits = ['11', '12', '31', '50'].includes(left.slice(0, 2)) ? 2 : 4
  return left.slice(0, digits) === right.slice(0, digits)
}
