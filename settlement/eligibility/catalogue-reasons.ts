/** What the insurance catalogue says of an item on the day, and what an approval makes of a restriction. */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { BillLine } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import type { Findings, Found } from './findings.ts'
import type { Matter } from './matter.ts'
import type { ItemFacts } from './question.ts'

/** What holds of the item on the day whatever the bill. */
export function addCatalogueReasons(item: ItemFacts, on: BusinessDate, out: Findings): void {
  const standing = outOfDates(item, on) ?? ofClass(item)
  if (standing !== undefined) out.add(standing)
  if (item.isNegotiated) out.add({ kind: 'negotiated-drug', effect: 'note', rule: BUILT_IN.negotiated })
  if (item.isDualChannel) out.add({ kind: 'dual-channel-drug', effect: 'note', rule: BUILT_IN.dualChannel })
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
export function addApproval({ standing }: Matter, { item, prescribed }: BillLine, out: Findings): void {
  const flag = item.approval === '0' && prescribed !== undefined ? prescribed.line.approval : item.approval
  if (flag === '2') out.put(standing.refused(item.item))
  else if (flag === '0' && item.item.isRestricted) out.put(standing.missing(item.item))
}
