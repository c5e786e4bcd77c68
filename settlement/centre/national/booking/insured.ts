/** A person as the accounts of record have them, and what holds for them on a day. */

import { date, ageOn, daysInMonth, type BusinessDate } from '../../../calendar/business-date.ts'
import { isWithin } from '../../../calendar/written-time.ts'
import { insuranceStatusOn } from '../../../policy/insurance-status.ts'
import { entitlementsOf, identitiesOf, insurancesOf, peopleByNumber } from '../../record/people.ts'
import type { CentreQueries } from '../../store/centre-database.ts'
import type { EntitlementRow, IdentityRow, InsuranceRow, PersonRow } from '../../store/schema.ts'

export interface Insured {
  readonly person: PersonRow
  readonly insurances: readonly InsuranceRow[]
  readonly identities: readonly IdentityRow[]
  readonly entitlements: readonly EntitlementRow[]
}

export async function insuredPerson(db: CentreQueries, psnNo: string): Promise<Insured | undefined> {
  const [person] = await peopleByNumber(db, [psnNo])
  if (person === undefined) return undefined
  return {
    person,
    insurances: await insurancesOf(db, [psnNo]),
    identities: await identitiesOf(db, [psnNo]),
    entitlements: await entitlementsOf(db, [psnNo])
  }
}

export const statusOn = ({ psn_insu_stas, psn_insu_date, paus_insu_date }: InsuranceRow, day: BusinessDate): string =>
  insuranceStatusOn({ status: psn_insu_stas, insuredSince: psn_insu_date, pausedSince: paus_insu_date ?? undefined }, day)

export const identitiesOn = (insured: Insured, day: BusinessDate): string[] =>
  insured.identities
    .filter(({ begntime, endtime }) => isWithin(day, begntime, endtime))
    .map(({ psn_idet_type }) => psn_idet_type)

/** age N4,1: whole years and the tenths of the year that have passed since the birthday. */
export function ageText(birthday: string, day: BusinessDate): string {
  const birth = date(birthday.slice(0, 10))
  const years = ageOn(birth, day)
  const [month, dayOfMonth] = [Number(birth.slice(5, 7)), Number(birth.slice(8, 10))]
  const months = (Number(day.slice(5, 7)) - month + 12 - (Number(day.slice(8, 10)) < Math.min(dayOfMonth, daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)))) ? 1 : 0)) % 12
  return `${years}.${Math.floor((months * 10) / 12)}`
}
