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
import type { BillLine } from './bill-index.ts'
import { EFFECTS, type Findings, type Found } from './findings.ts'
import type { Matter } from './matter.ts'
import { leavesMore, PACK, partOfLine } from './part-of-line.ts'
import type { Question } from './question.ts'

/** What a line rests on. `or none`, `and none`: what may hold beside the prescription's visit, or does. */
export type Basis = 'visit' | 'none' | 'or none' | 'and none'

/** Inpatient, day surgery, maternity ward: nothing is handed over to take home. */
const ON_THE_WARD = /^(21|28|52)/

/** Of the bill: that of the prescription, else the visit itself. */
export function visitOf({ prescription, place, visit }: Question): PrescriptionVisit {
  if (prescription !== undefined) return prescription.visit
  if (place.kind === 'pharmacy' || ON_THE_WARD.test(visit.medType)) return 'none'
  if (visit.medType.startsWith('13')) return 'emergency'
  return visit.medType.startsWith('14') ? 'chronic' : 'ordinary'
}

export function basisOf({ prescription, isPharmacy }: Matter, { plan, prescribed }: BillLine): Basis {
  if (prescription === undefined || !isPharmacy || prescribed !== undefined) return 'visit'
  if (plan.required === undefined) return prescription.hasLines ? 'none' : 'or none'
  return prescription.hasLines ? 'and none' : 'visit'
}

/** What the law admits, paid or not. */
export function addDispensedDays({ visit }: Matter, line: BillLine, basis: Basis, out: Findings): void {
  const { byVisit, longExcluded } = line.plan
  const ofVisit = byVisit[visit].dispensing
  const ofNone = byVisit.none.dispensing
  const rows = basis === 'none' ? ofNone : ofVisit
  for (const ruled of rows) if (basis !== 'or none' || ofNone.includes(ruled)) addOverDispensing(line, ruled, basis === 'none' ? 'none' : visit, out)
  if (basis === 'and none') for (const ruled of ofNone) if (!ofVisit.includes(ruled)) addOverDispensing(line, ruled, 'none', out)
  if (visit !== 'long-term' || basis === 'none' || basis === 'or none') return
  for (const { row, rule } of longExcluded) {
    out.add({ kind: 'not-in-long-prescription', effect: row.effect, rule, values: { item: line.item.item.name } })
  }
}

function addOverDispensing({ drug }: BillLine, { row, rule }: Ruled<RowOf<'dispensing'>>, visit: PrescriptionVisit, out: Findings): void {
  const { allDays: days } = drug
  const limit = String(row.days)
  if (days === undefined) out.addOnce({ kind: 'days-unknown', effect: row.effect === 'forbids' ? 'asks' : 'note', rule, values: { limit } })
  else if (days > row.days) out.add({ kind: 'over-dispensing-days', effect: row.effect, rule, values: { days: String(days), limit, visit } })
}

/** What a fund pays, of a line that asks for it. */
export function addPaidDays({ visit }: Matter, line: BillLine, basis: Basis, out: Findings): void {
  if (basis === 'visit') addOver(overSupply(line, visit), out)
  else if (basis === 'none') addOver(overSupply(line, 'none'), out)
  else addOfTwo(overSupply(line, visit), overSupply(line, 'none'), basis, out)
}

function addOfTwo(byVisit: Found | undefined, without: Found | undefined, basis: 'or none' | 'and none', out: Findings): void {
  const isMilder = isMilderThan(byVisit, without)
  addOver(isMilder === (basis === 'or none') ? byVisit : without, out)
  // Paid as prescribed, and nobody has seen that it was.
  if (basis === 'or none' && isMilder && without !== undefined) {
    out.add({ kind: 'status-unknown', effect: 'note', rule: without.rule, values: { fact: 'rxdetail' } })
  }
}

function addOver(over: Found | undefined, out: Findings): void {
  if (over === undefined) return
  if (over.kind === 'days-unknown') out.addOnce(over)
  else out.add(over)
}

function isMilderThan(left: Found | undefined, right: Found | undefined): boolean {
  if (left === undefined || right === undefined) return left === undefined && right !== undefined
  const difference = EFFECTS.indexOf(left.effect) - EFFECTS.indexOf(right.effect)
  if (difference !== 0) return difference > 0
  return left.limit !== undefined && right.limit !== undefined && leavesMore(left.limit, right.limit)
}

function overSupply({ plan, drug, item }: BillLine, visit: PrescriptionVisit): Found | undefined {
  const ruled = visit === 'none' ? plan.byVisit.none.supply : plan.byVisit[visit].supply
  if (ruled === undefined || ruled.row.days === null) return undefined
  const { row: { days: limit, effect, one_pack: onePack }, rule } = ruled
  const { days } = drug
  if (days === undefined) return { kind: 'days-unknown', effect: 'note', rule, values: { limit: String(limit) } }
  if (days <= limit) return undefined
  // The smallest pack may be all there is; where the drug is on one line, that is the one.
  const isOnePack = onePack && drug.quantity === item.quantity
  if (isOnePack && item.quantity <= PACK) return undefined
  const part = partOfLine(item, limit, days, isOnePack ? PACK : 0)
  return { kind: 'over-days-of-supply', effect, rule, values: { days: String(days), limit: String(limit), visit }, limit: part }
}
