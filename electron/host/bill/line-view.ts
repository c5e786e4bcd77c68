/** A line of the bill for the screen: what was charged, and in a few words why part of it is the patient's own. */

import type { LineView } from '../../contract/bill-view.ts'
import type { Text } from '../../contract/text.ts'
import type { CalculatedLine, LineReason } from '../../../settlement/calculation/calculation.ts'
import type { ClaimLine } from '../../../settlement/calculation/claim.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import { formatPrice, formatQuantity } from '../../../settlement/money/price.ts'
import { formatPercent } from '../../../settlement/money/ratio.ts'

/** `calculated` is undefined while nobody's rules are applied. */
export function lineView(line: ClaimLine, calculated: CalculatedLine | undefined): LineView {
  return {
    line: line.lineNo,
    code: line.medListCodg ?? '',
    name: line.name ?? line.medListCodg ?? '',
    chargeClass: line.chargeClass,
    price: formatPrice(line.price),
    quantity: formatQuantity(line.quantity),
    amount: formatFen(line.amount),
    ownPay: calculated === undefined ? null : formatFen(calculated.ownPay),
    overCeiling: calculated === undefined ? null : formatFen(calculated.overCeiling),
    prePay: calculated === undefined ? null : formatFen(calculated.prePay),
    inScope: calculated === undefined ? null : formatFen(calculated.inScope),
    reasons: calculated === undefined ? [] : reasonsOf(calculated),
    isRestricted: line.isRestricted,
    approval: line.approval,
    sale: null
  }
}

const OWN_PAY: Readonly<Record<LineReason, Text>> = {
  'class-a': { zh: '自费', en: 'own pay' },
  'class-b': { zh: '自费', en: 'own pay' },
  'class-c': { zh: '丙类，全自费', en: 'class C: own pay' },
  'class-payable-c': { zh: '自费', en: 'own pay' },
  'own-pay-by-policy': { zh: '按当地规定自费', en: 'own pay by local rule' },
  'restricted-not-approved': { zh: '限制用药，未审批', en: 'restricted, not approved' },
  'approval-refused': { zh: '审批不通过', en: 'approval refused' }
}

function reasonsOf({ ownPay, overCeiling, prePay, prePayRatio, reason, line }: CalculatedLine): Text[] {
  const reasons: Text[] = []
  if (ownPay !== 0) reasons.push(OWN_PAY[reason])
  if (overCeiling !== 0 && line.ceiling !== undefined) {
    const ceiling = formatPrice(line.ceiling)
    reasons.push({ zh: `超限价 ${ceiling}`, en: `over ceiling ${ceiling}` })
  }
  if (prePay !== 0 && prePayRatio !== undefined) {
    const share = formatPercent(prePayRatio)
    reasons.push({ zh: `先行自付 ${share}`, en: `pre-pay ${share}` })
  }
  return reasons
}

/** Whether two calculations of a line look the same on the screen. */
export function sameLine(left: CalculatedLine | undefined, right: CalculatedLine | undefined): boolean {
  if (left === undefined || right === undefined) return left === right
  return (
    left.amount === right.amount &&
    left.ownPay === right.ownPay &&
    left.overCeiling === right.overCeiling &&
    left.prePay === right.prePay &&
    left.prePayRatio === right.prePayRatio &&
    left.reason === right.reason
  )
}
