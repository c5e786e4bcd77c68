/** What the insurance catalogue says of an item on the day, and what an approval makes of a restriction. */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { BillLine } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import { finding, type Finding, type Found, type Weights } from './findings.ts'
import type { Matter } from './matter.ts'
import type { ItemFacts } from './question.ts'

/** What holds of the item on the day whatever the bill, by weight. */
export function catalogueFindings(item: ItemFacts, on: BusinessDate, weights: Weights): readonly Finding[] {
  const found: Found[] = []
  const standing = outOfDates(item, on) ?? ofClass(item)
  if (standing !== undefined) found.push(standing)
  if (item.isNegotiated) found.push({ kind: 'negotiated-drug', effect: 'note', rule: BUILT_IN.negotiated })
  if (item.isDualChannel) found.push({ kind: 'dual-channel-drug', effect: 'note', rule: BUILT_IN.dualChannel })
  return found.map((one) => finding(one, weights)).toSorted((left, right) => left.weight - right.weight)
}

function outOfDates({ paidFrom, paidTo, isValid }: ItemFacts, on: BusinessDate): Found | undefined {
  if (paidFrom !== undefined && on < paidFrom) return { kind: 'not-yet-in-catalogue', effect: 'own-money', rule: BUILT_IN.dates, values: { from: paidFrom } }
  if (paidTo !== undefined && on > paidTo) return { kind: 'no-longer-in-catalogue', effect: 'own-money', rule: BUILT_IN.dates, values: { until: paidTo } }
  return isValid ? undefined : { kind: 'no-longer-in-catalogue', effect: 'own-money', rule: BUILT_IN.dates }
}

function ofClass({ chargeClass }: ItemFacts): Found | undefined {
  if (chargeClass === undefined) return { kind: 'not-in-catalogue', effect: 'own-money', rule: BUILT_IN.class }
  if (chargeClass === '03') return { kind: 'class-c', effect: 'own-money', rule: BUILT_IN.class }
  return chargeClass === '02' ? { kind: 'class-b', effect: 'note', rule: BUILT_IN.class } : undefined
}

/**
 * hosp_appr_flag x lmt_used_flag:  restricted and 0 or 2: own pay;  restricted and 1: paid;
 *                                  not restricted and 0 or 1: as the catalogue says;  not restricted and 2: own pay.
 */
export function addApproval({ rules }: Matter, { item, prescribed, standing }: BillLine, out: Finding[]): void {
  const flag = item.approval === '0' && prescribed !== undefined ? prescribed.line.approval : item.approval
  const { facts, approval } = standing
  if (flag === '2') {
    approval.refused ??= finding({ kind: 'approval-refused', effect: 'own-money', rule: BUILT_IN.approval, values: restrictionOf(facts) }, rules)
    out.push(approval.refused)
  } else if (flag === '0' && facts.isRestricted) {
    approval.missing ??= finding({ kind: 'restricted-not-approved', effect: 'own-money', rule: BUILT_IN.approval, values: restrictionOf(facts) }, rules)
    out.push(approval.missing)
  }
}

const restrictionOf = ({ restriction }: ItemFacts): Readonly<Record<string, string>> => (restriction === undefined ? {} : { restriction })
