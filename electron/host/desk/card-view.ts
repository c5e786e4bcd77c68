/** The card in the reader for the left side of the screen. Whole numbers stay here; `reveal` hands out one at a time. */

import type { CardView, CardWarning, OwedView, RevealItem } from '../../contract/card-view.ts'
import type { Text } from '../../contract/text.ts'
import type { CardVersion } from '../../../card/session/identity.ts'
import type { MedicalInsurance } from '../../../card/session/medical.ts'
import { ageOn, parseDate, type BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { insuranceTypeName, personTypeName } from '../../../settlement/wire/code-names.ts'
import { accountView, type AccountKnowledge } from '../bill/account-knowledge.ts'
import { insuredPerson, type CardData } from '../insured-person.ts'
import { poolingRegion } from '../patient.ts'
import { masked } from '../records/masked.ts'

export interface CardFacts {
  readonly presence: number
  readonly data: CardData
  readonly account: AccountKnowledge
  readonly triesLeft: number | null
  readonly pinOn: CardView['pinOn']
  readonly verified: boolean
  readonly warnings: readonly CardWarning[]
  readonly owed: readonly OwedView[]
}

const text = (zh: string, en: string): Text => ({ zh, en })

const GENERATIONS: Readonly<Record<CardVersion, Text>> = {
  '1.00': text('一代卡', '1st generation'),
  '2.00': text('二代卡', '2nd generation'),
  '3.00': text('三代卡', '3rd generation')
}

const SEXES = { male: text('男', 'male'), female: text('女', 'female'), 'not-stated': text('未说明', 'not stated') } as const

const FLAGS: Readonly<Record<keyof MedicalInsurance['flags'], Text>> = {
  outpatientPooling: text('门诊统筹', 'outpatient pooling'),
  outpatientChronic: text('门诊大病', 'chronic disease'),
  treatmentElsewhere: text('异地就医', 'treatment elsewhere'),
  medicalAssistance: text('医疗救助', 'medical aid'),
  specialCareSubsidy: text('优抚对象', 'special care')
}

export function cardView(facts: CardFacts, policies: readonly Policy[], today: BusinessDate): CardView {
  const { data, account } = facts
  const { identity, holder, medical } = data
  const read = insuredPerson(data, today)
  const region = read.ok ? read.value.insuredRegion : (medical.insuredRegion ?? identity.region)
  const insutype = read.ok ? (read.value.person.insutype ?? '') : (medical.insuranceType ?? '')
  const personType = read.ok ? read.value.person.psn_type : (medical.personClass ?? '')
  const birthDate = parseDate(holder.birthDate ?? '')
  return {
    presence: facts.presence,
    generation: { version: identity.version, name: GENERATIONS[identity.version] },
    holder: {
      name: holder.name ?? '',
      sex: holder.sex === undefined ? null : SEXES[holder.sex],
      age: birthDate === undefined ? null : ageOn(birthDate, today)
    },
    masked: {
      'card-number': maskedOf(data, 'card-number'),
      'citizen-number': maskedOf(data, 'citizen-number'),
      'account-number': maskedOf(data, 'account-number')
    },
    insured: { region, regionName: regionName(policies, region), insutype, insutypeName: insuranceTypeName(insutype) },
    personClass: { code: personType, name: personTypeName(personType) },
    entitlements: entitlementsOf(medical),
    issueDate: identity.issueDate ?? null,
    expiryDate: identity.expiryDate ?? null,
    account: accountView(account),
    triesLeft: facts.triesLeft,
    pinOn: facts.pinOn,
    verified: facts.verified,
    warnings: facts.warnings,
    owed: facts.owed
  }
}

export function wholeNumber({ identity, holder, medical }: CardData, item: RevealItem): string | undefined {
  const number = { 'card-number': identity.cardNumber, 'citizen-number': holder.socialSecurityNumber, 'account-number': medical.accountNumber }[item]
  return number === '' ? undefined : number
}

function maskedOf(data: CardData, item: RevealItem): string | null {
  const number = wholeNumber(data, item)
  return number === undefined ? null : masked(number)
}

const entitlementsOf = ({ flags }: MedicalInsurance): Text[] =>
  (Object.keys(FLAGS) as (keyof typeof FLAGS)[]).filter((flag) => flags[flag]).map((flag) => FLAGS[flag])

export function regionName(policies: readonly Policy[], division: string): Text | null {
  const region = poolingRegion(policies, division)
  return policies.find((policy) => policy.region === region)?.name ?? null
}
