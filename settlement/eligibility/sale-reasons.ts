/** Rules about a line of this bill: doubled, too early again, more than a fund pays or the law allows, special drugs, place limits. */

import { dayOfNumber } from '../calendar/day-number.ts'
import { fen, parseFen } from '../money/fen.ts'
import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { PrescriptionVisit } from '../rules/sale-sections.ts'
import { addOnce } from './add-once.ts'
import type { BillLine } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import type { Finding } from './findings.ts'
import { found, type Matter } from './matter.ts'
import { floorShare, ofAmount, PACK, partOfLine, yuan } from './part-of-line.ts'
import { holdsOn } from './whereabouts-reasons.ts'

export function addSaleReasons(matter: Matter, line: BillLine, out: Finding[]): void {
  addSpecial(matter, line, out)
  if (line.item.quantity <= 0) return
  const visit = visitOf(matter, line)
  addDispensing(matter, line, visit, out)
  if (visit === 'long-term') addLongExcluded(matter, line, out)
  if (!line.asks) return
  addDuplicates(matter, line, out)
  addEarly(matter, line, out)
  addSupply(matter, line, visit, out)
  for (const ruled of line.plan.placeLimits) addPlaceLimit(matter, line, ruled, out)
}

function addSpecial(matter: Matter, { item: { code }, plan }: BillLine, out: Finding[]): void {
  const { person, place } = matter.question
  for (const { row: { filing: kind, place: where, effect }, rule } of plan.special) {
    const filings = person.filings.filter(
      (filing) => filing.kind === kind && holdsOn(filing, null, matter.on) && (filing.items.length === 0 || filing.items.some((named) => code.startsWith(named)))
    )
    if (kind !== undefined && filings.length === 0) out.push(found(matter, { kind: 'special-drug-not-filed', effect, rule, values: { filing: kind } }))
    if (where === 'dual-channel' && place.kind === 'pharmacy' && !place.isDualChannel) {
      out.push(found(matter, { kind: 'not-a-dual-channel-place', effect, rule, values: { place: place.code } }))
    }
    if (where === 'filed' && filings.length > 0 && !filings.some(({ places }) => places.length === 0 || places.includes(place.code))) {
      const places = [...new Set(filings.flatMap((filing) => filing.places))].toSorted().join('、')
      out.push(found(matter, { kind: 'not-the-designated-place', effect, rule, values: { place: place.code, places } }))
    }
  }
}

/** Both lines are named, and neither is paid until one of them is own pay: which one is for the doctor and the patient to say. */
function addDuplicates(matter: Matter, line: BillLine, out: Finding[]): void {
  const ruled = line.plan.duplicates
  const drugs = ruled === undefined ? undefined : matter.bill.doubled(line)
  if (ruled === undefined || drugs === undefined) return
  const atc = line.item.item.atc?.slice(0, ruled.row.atc_characters) ?? ''
  out.push(found(matter, { kind: 'duplicate-therapy', effect: ruled.row.effect, rule: ruled.rule, values: { drugs, atc } }))
}

function addEarly(matter: Matter, line: BillLine, out: Finding[]): void {
  const { early } = line.plan
  if (early === undefined) return
  if (matter.history === undefined) {
    addOnce(out, found(matter, { kind: 'history-unknown', effect: 'note', rule: BUILT_IN.history }))
    return
  }
  const { row, rule } = early
  const { last, isUnknown } = matter.history.lastsUntil(line, row.counts)
  const left = last === undefined ? 0 : last - matter.today + 1
  if (last !== undefined && left > row.tolerance_days) {
    const values = { left: String(left), until: dayOfNumber(last), from: dayOfNumber(last + 1 - row.tolerance_days) }
    out.push(found(matter, { kind: 'dispensed-too-early', effect: row.effect, rule, values }))
  } else if (isUnknown) addOnce(out, found(matter, { kind: 'days-unknown', effect: 'note', rule, values: { of: 'earlier' } }))
}

/** Inpatient, day surgery, maternity ward: nothing is handed over to take home. */
const ON_THE_WARD = /^(21|28|52)/

/** A pharmacy's line that does not rest on the prescription is a sale without one; elsewhere the visit itself tells. */
function visitOf({ question: { prescription, place, visit } }: Matter, { plan, prescribed }: BillLine): PrescriptionVisit {
  const isPharmacy = place.kind === 'pharmacy'
  if (prescription !== undefined && (!isPharmacy || plan.required !== undefined || prescribed !== undefined)) return prescription.visit
  if (isPharmacy || ON_THE_WARD.test(visit.medType)) return 'none'
  if (visit.medType.startsWith('13')) return 'emergency'
  return visit.medType.startsWith('14') ? 'chronic' : 'ordinary'
}

function addSupply(matter: Matter, line: BillLine, visit: PrescriptionVisit, out: Finding[]): void {
  const ruled = line.plan.supply[visit]
  if (ruled === undefined || ruled.row.days === null) return
  const { row: { days: limit, effect }, rule } = ruled
  const { days } = line.total
  if (days === undefined) addOnce(out, found(matter, { kind: 'days-unknown', effect: 'note', rule, values: { limit: String(limit) } }))
  else if (days > limit) {
    // The smallest pack may be all there is; where the drug is on one line, that is the one.
    const isOnOneLine = line.total.quantity === line.item.quantity
    if (ruled.row.one_pack && isOnOneLine && line.item.quantity <= PACK) return
    const values = { days: String(days), limit: String(limit), visit }
    const part = partOfLine(line.item, limit, days, ruled.row.one_pack && isOnOneLine ? PACK : 0)
    out.push(found(matter, { kind: 'over-days-of-supply', effect, rule, values, limit: part }))
  }
}

function addDispensing(matter: Matter, line: BillLine, visit: PrescriptionVisit, out: Finding[]): void {
  for (const { row, rule } of line.plan.dispensing[visit]) {
    const { allDays: days } = line.total
    if (days === undefined) {
      const effect = row.effect === 'forbids' ? 'asks' : 'note'
      addOnce(out, found(matter, { kind: 'days-unknown', effect, rule, values: { limit: String(row.days) } }))
    } else if (days > row.days) {
      out.push(found(matter, { kind: 'over-dispensing-days', effect: row.effect, rule, values: { days: String(days), limit: String(row.days), visit } }))
    }
  }
}

function addLongExcluded(matter: Matter, { plan, item: { item } }: BillLine, out: Finding[]): void {
  for (const { row, rule } of plan.longExcluded) {
    out.push(found(matter, { kind: 'not-in-long-prescription', effect: row.effect, rule, values: { item: item.name } }))
  }
}

function addPlaceLimit(matter: Matter, line: BillLine, { row, rule }: Ruled<RowOf<'place_limits'>>, out: Finding[]): void {
  const { used } = matter.question
  if (row.of === 'sales-a-day') {
    if (used.salesToday < (row.sales ?? 0)) return
    const values = { sales: String(used.salesToday), limit: String(row.sales) }
    out.push(found(matter, { kind: 'sales-of-day-reached', effect: row.effect === 'limits' ? 'own-money' : row.effect, rule, values }))
    return
  }
  const limit = parseFen(row.amount ?? '0') ?? 0
  const before = row.of === 'day' ? used.today : row.of === 'month' ? used.thisMonth : 0
  const left = Math.max(0, limit - before)
  const asked = matter.bill.limited(row)
  if (asked <= left) return
  const kind = row.of === 'day' ? 'day-limit-reached' : row.of === 'month' ? 'month-limit-reached' : 'over-sale-limit'
  const values = { limit: yuan(limit), used: yuan(before), left: yuan(left), asked: yuan(asked) }
  const effect = row.effect === 'limits' && left === 0 ? 'own-money' : row.effect
  // What is left is shared by amounts, so that it does not matter which line was typed first.
  out.push(found(matter, { kind, effect, rule, values, limit: ofAmount(fen(floorShare(line.item.amount, left, asked))) }))
}
