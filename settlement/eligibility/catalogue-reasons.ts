/** What the insurance catalogue says of an item on the day, and what an approval makes of a restriction. */

import type { BillLine } from './bill-index.ts'
import { BUILT_IN } from './built-in-rules.ts'
import type { Finding } from './findings.ts'
import { found, type Matter } from './matter.ts'

export function addCatalogueReasons(matter: Matter, line: BillLine, out: Finding[]): void {
  const { item: asked } = line
  const { item } = asked
  if (asked.asOwnPay) out.push(found(matter, { kind: 'own-pay-chosen', effect: 'own-money', rule: BUILT_IN.ownPay }))
  const dated = outOfDates(matter, asked.item)
  if (dated !== undefined) out.push(dated)
  else if (item.chargeClass === undefined) out.push(found(matter, { kind: 'not-in-catalogue', effect: 'own-money', rule: BUILT_IN.class }))
  else if (item.chargeClass === '03') out.push(found(matter, { kind: 'class-c', effect: 'own-money', rule: BUILT_IN.class }))
  else if (item.chargeClass === '02') out.push(found(matter, { kind: 'class-b', effect: 'note', rule: BUILT_IN.class }))
  addApproval(matter, line, out)
  if (item.isNegotiated) out.push(found(matter, { kind: 'negotiated-drug', effect: 'note', rule: BUILT_IN.negotiated }))
  if (item.isDualChannel) out.push(found(matter, { kind: 'dual-channel-drug', effect: 'note', rule: BUILT_IN.dualChannel }))
}

function outOfDates(matter: Matter, item: BillLine['item']['item']): Finding | undefined {
  const { paidFrom, paidTo, isValid } = item
  if (paidFrom !== undefined && matter.on < paidFrom) {
    return found(matter, { kind: 'not-yet-in-catalogue', effect: 'own-money', rule: BUILT_IN.dates, values: { from: paidFrom } })
  }
  if (paidTo !== undefined && matter.on > paidTo) {
    return found(matter, { kind: 'no-longer-in-catalogue', effect: 'own-money', rule: BUILT_IN.dates, values: { until: paidTo } })
  }
  return isValid ? undefined : found(matter, { kind: 'no-longer-in-catalogue', effect: 'own-money', rule: BUILT_IN.dates })
}

/**
 * hosp_appr_flag x lmt_used_flag:  restricted and 0 or 2: own pay;  restricted and 1: paid;
 *                                  not restricted and 0 or 1: as the catalogue says;  not restricted and 2: own pay.
 */
function addApproval(matter: Matter, { item: asked, prescribed }: BillLine, out: Finding[]): void {
  const flag = asked.approval === '0' && prescribed !== undefined ? prescribed.line.approval : asked.approval
  if (flag === '1' || (flag === '0' && !asked.item.isRestricted)) return
  const values: Record<string, string> = asked.item.restriction === undefined ? {} : { restriction: asked.item.restriction }
  if (flag === '2') out.push(found(matter, { kind: 'approval-refused', effect: 'own-money', rule: BUILT_IN.approval, values }))
  else out.push(found(matter, { kind: 'restricted-not-approved', effect: 'own-money', rule: BUILT_IN.approval, values }))
}
