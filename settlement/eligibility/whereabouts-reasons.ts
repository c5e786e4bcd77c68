/** Where the person is and is insured: an inpatient somewhere, insured in another place, filed or not. */

import type { BusinessDate } from '../calendar/business-date.ts'
import { plusDays, plusMonths } from '../calendar/day-number.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { Findings } from './findings.ts'
import type { Matter } from './matter.ts'
import type { Filing } from './question.ts'

const SAME_CITY_DIGITS = 4

export function addWhereaboutsReasons(matter: Matter, out: Findings): void {
  addInHospital(matter, out)
  addOffSite(matter, out)
  addOutsidePooling(matter, out)
}

function addInHospital(matter: Matter, out: Findings): void {
  const [ruled] = matter.rules.sections.in_hospital
  if (ruled === undefined) return
  const { inHospital: isInpatient } = matter.question.person
  if (isInpatient === undefined) {
    out.add({ kind: 'status-unknown', effect: 'note', rule: ruled.rule, values: { fact: 'in-hospital' } })
  } else if (isInpatient) {
    out.add({ kind: 'in-hospital', effect: ruled.row.effect, funds: ruled.row.funds, rule: ruled.rule })
  }
}

function addOffSite(matter: Matter, out: Findings): void {
  const { insuredRegion } = matter.question.person
  const { region } = matter.question.place
  if (isSamePlace(matter)) return
  const { off_site: rows } = matter.rules.sections
  const ruled =
    rows.find(({ row }) => row.filing !== 'none' && matter.question.person.filings.some((filing) => opens(filing, row, matter))) ??
    rows.find(({ row }) => row.filing === 'none')
  if (ruled === undefined) return
  const { row: { filing, effect, funds }, rule } = ruled
  const kind = filing === 'none' ? 'other-region-not-filed' : 'other-region-filed'
  out.add({ kind, effect, funds, rule, values: { insured: insuredRegion, place: region, filing } })
}

export function isSamePlace({ question: { person, place }, rules }: Matter): boolean {
  const ruled = rules.sections.same_place.find(({ row }) => row.regions?.some((start) => person.insuredRegion.startsWith(start)) ?? true)
  const digits = ruled?.row.digits ?? SAME_CITY_DIGITS
  return person.insuredRegion.slice(0, digits) === place.region.slice(0, digits)
}

const opens = (filing: Filing, row: RowOf<'off_site'>, { on, question: { place } }: Matter): boolean =>
  filing.kind === row.filing &&
  holdsOn(filing, row.months, on) &&
  (filing.regions.length === 0 || filing.regions.some((start) => place.region.startsWith(start.replace(/(00)+$/, '')))) &&
  (filing.places.length === 0 || filing.places.includes(place.code))

/** Both days included; without a last day of its own so many months, or without end. */
export function holdsOn({ begins, ends }: Filing, months: number | null, on: BusinessDate): boolean {
  if (on < begins) return false
  if (ends !== undefined) return on <= ends
  return months === null || on <= plusDays(plusMonths(begins, months), -1)
}

function addOutsidePooling(matter: Matter, out: Findings): void {
  const [ruled] = matter.rules.sections.pooling
  const { place } = matter.question
  if (ruled === undefined || place.kind !== 'pharmacy' || place.isPooling) return
  out.add({ kind: 'not-a-pooling-place', effect: ruled.row.effect, funds: ruled.row.funds, rule: ruled.rule, values: { place: place.code } })
}
