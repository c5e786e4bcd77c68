/**
 * How many days of a drug a fund pays, and how many the law admits: both by the visit that the line rests on.
 *
 *   named on the prescription, or in need of one whose lines nobody typed     the prescription's
 *   in need of none, and nobody typed the lines                               either: the milder of the two holds
 *   in need of one, and not among its lines                                   both: the stricter of the two holds
 *   what else a pharmacy sells                                                none: a sale without prescription
 *   elsewhere                                                                 the prescription's, else the visit itself
 *
 * So a rule that demands a prescription never gives a line more days than it had without that rule.
 */

import type { Ruled } from '../rules/compiled-rules.ts'
import type { RowOf } from '../rules/rules-schema.ts'
import type { PrescriptionVisit } from '../rules/sale-sections.ts'
import { addOnce } from './add-once.ts'
import type { BillLine } from './bill-index.ts'
import { EFFECTS, type Finding } from './findings.ts'
import { found, type Matter } from './matter.ts'
import { leavesMore, PACK, partOfLine } from './part-of-line.ts'

/** What the law admits, paid or not. */
export function addDispensedDays(matter: Matter, line: BillLine, out: Finding[]): void {
  const visit = visitOf(matter, line)
  const other = otherVisitOf(matter, line)
  addDispensing(matter, line, visit, other, out)
  if (visit === 'long-term' && other !== 'or none') addLongExcluded(matter, line, out)
}

/** What a fund pays, of a line that asks for it. */
export function addPaidDays(matter: Matter, line: BillLine, out: Finding[]): void {
  const visit = visitOf(matter, line)
  const other = otherVisitOf(matter, line)
  const byVisit = overSupply(matter, line, visit)
  if (other === undefined) {
    addOver(byVisit, out)
    return
  }
  const without = overSupply(matter, line, 'none')
  const isMilder = isMilderThan(byVisit, without)
  addOver(isMilder === (other === 'or none') ? byVisit : without, out)
  // Paid as prescribed, and nobody has seen that it was.
  if (other === 'or none' && isMilder && without !== undefined) {
    out.push(found(matter, { kind: 'status-unknown', effect: 'note', rule: without.reason.rule, values: { fact: 'rxdetail' } }))
  }
}

function addOver(over: Finding | undefined, out: Finding[]): void {
  if (over === undefined) return
  if (over.reason.kind === 'days-unknown') addOnce(out, over)
  else out.push(over)
}

/** Inpatient, day surgery, maternity ward: nothing is handed over to take home. */
const ON_THE_WARD = /^(21|28|52)/

function visitOf({ question: { prescription, place, visit } }: Matter, { plan, prescribed }: BillLine): PrescriptionVisit {
  const isPharmacy = place.kind === 'pharmacy'
  if (prescription !== undefined && (!isPharmacy || plan.required !== undefined || prescribed !== undefined || prescription.lines.length === 0)) return prescription.visit
  if (isPharmacy || ON_THE_WARD.test(visit.medType)) return 'none'
  if (visit.medType.startsWith('13')) return 'emergency'
  return visit.medType.startsWith('14') ? 'chronic' : 'ordinary'
}

/** What may hold beside the prescription's visit, or does; undefined: nothing. */
type OtherVisit = 'or none' | 'and none' | undefined

function otherVisitOf({ prescription, question: { place } }: Matter, { plan, prescribed }: BillLine): OtherVisit {
  if (prescription === undefined || prescribed !== undefined || place.kind !== 'pharmacy') return undefined
  if (plan.required === undefined) return prescription.hasLines ? undefined : 'or none'
  return prescription.hasLines ? 'and none' : undefined
}

function isMilderThan(left: Finding | undefined, right: Finding | undefined): boolean {
  if (left === undefined || right === undefined) return left === undefined && right !== undefined
  const difference = EFFECTS.indexOf(left.reason.effect) - EFFECTS.indexOf(right.reason.effect)
  if (difference !== 0) return difference > 0
  return left.limit !== undefined && right.limit !== undefined && leavesMore(left.limit, right.limit)
}

function overSupply(matter: Matter, line: BillLine, visit: PrescriptionVisit): Finding | undefined {
  const ruled = line.plan.supply[visit]
  if (ruled === undefined || ruled.row.days === null) return undefined
  const { row: { days: limit, effect, one_pack: onePack }, rule } = ruled
  const { days } = line.total
  if (days === undefined) return found(matter, { kind: 'days-unknown', effect: 'note', rule, values: { limit: String(limit) } })
  if (days <= limit) return undefined
  // The smallest pack may be all there is; where the drug is on one line, that is the one.
  const isOnePack = onePack && line.total.quantity === line.item.quantity
  if (isOnePack && line.item.quantity <= PACK) return undefined
  const part = partOfLine(line.item, limit, days, isOnePack ? PACK : 0)
  return found(matter, { kind: 'over-days-of-supply', effect, rule, values: { days: String(days), limit: String(limit), visit }, limit: part })
}

function addDispensing(matter: Matter, line: BillLine, visit: PrescriptionVisit, other: OtherVisit, out: Finding[]): void {
  const { dispensing } = line.plan
  const rows = dispensing[visit]
  for (const ruled of rows) if (other !== 'or none' || dispensing.none.includes(ruled)) addOverDispensing(matter, line, ruled, visit, out)
  if (other !== 'and none') return
  for (const ruled of dispensing.none) if (!rows.includes(ruled)) addOverDispensing(matter, line, ruled, 'none', out)
}

function addOverDispensing(matter: Matter, { total }: BillLine, { row, rule }: Ruled<RowOf<'dispensing'>>, visit: PrescriptionVisit, out: Finding[]): void {
  const { allDays: days } = total
  const limit = String(row.days)
  if (days === undefined) addOnce(out, found(matter, { kind: 'days-unknown', effect: row.effect === 'forbids' ? 'asks' : 'note', rule, values: { limit } }))
  else if (days > row.days) out.push(found(matter, { kind: 'over-dispensing-days', effect: row.effect, rule, values: { days: String(days), limit, visit } }))
}

function addLongExcluded(matter: Matter, { plan, item: { item } }: BillLine, out: Finding[]): void {
  for (const { row, rule } of plan.longExcluded) {
    out.push(found(matter, { kind: 'not-in-long-prescription', effect: row.effect, rule, values: { item: item.name } }))
  }
}
