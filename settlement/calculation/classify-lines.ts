/**
 * Line by line: own pay, over the ceiling, pre-self-pay, in scope. The ceiling comes first and the pre-self-pay is taken
 * of the rest; each is rounded and the in-scope part is what remains, so that a line always adds up (I6).
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { fen, ZERO, type Fen } from '../money/fen.ts'
import { priceTimesQuantity, type Price } from '../money/price.ts'
import { shareOf } from '../money/ratio.ts'
import type { ClassRule, Parameters } from '../policy/parameters.ts'
import type { CalculatedLine, LineReason } from './calculation.ts'
import type { ChargeClass } from '../policy/policy-parts.ts'
import type { ClaimLine } from './claim.ts'
import type { CalculationRefusal } from './refusal.ts'

export interface Classified {
  readonly lines: readonly CalculatedLine[]
  readonly total: Fen
  readonly ownPay: Fen
  readonly overCeiling: Fen
  readonly prePay: Fen
  readonly inScope: Fen
}

export function classifyLines(lines: readonly ClaimLine[], parameters: Parameters): Result<Classified, CalculationRefusal> {
  const calculated: CalculatedLine[] = []
  let total = 0
  let ownPay = 0
  let overCeiling = 0
  let prePay = 0
  for (const line of lines) {
    const result = classifyLine(line, parameters)
    if (result === undefined) {
      return refuse({ kind: 'pre-pay-ratio-missing', lineNo: line.lineNo, chrgitmLv: line.chargeClass })
    }
    calculated.push(result)
    total += result.amount
    ownPay += result.ownPay
    overCeiling += result.overCeiling
    prePay += result.prePay
  }
  return ok({
    lines: calculated,
    total: fen(total),
    ownPay: fen(ownPay),
    overCeiling: fen(overCeiling),
    prePay: fen(prePay),
    inScope: fen(total - ownPay - overCeiling - prePay)
  })
}

/** undefined when neither the line nor the policy says how much of it is pre-self-pay. */
function classifyLine(line: ClaimLine, parameters: Parameters): CalculatedLine | undefined {
  const rule = ruleOf(line.chargeClass, parameters)
  const reason = reasonOf(line, rule)
  const { amount, lineNo } = line
  if (rule.isOwnPay || reason === 'restricted-not-approved' || reason === 'approval-refused') {
    return {
      lineNo,
      amount,
      ownPay: amount,
      overCeiling: ZERO,
      prePay: ZERO,
      inScope: ZERO,
      reason,
      prePayRatio: undefined,
      line
    }
  }
  const prePayRatio = line.prePay ?? rule.prePay
  if (prePayRatio === undefined) return undefined
  const overCeiling = line.ceiling === undefined ? ZERO : overCeilingOf(line, line.ceiling)
  const payable = fen(amount - overCeiling)
  const prePay = prePayRatio === 0 ? ZERO : shareOf(payable, prePayRatio, parameters.prePayRounding)
  return { lineNo, amount, ownPay: ZERO, overCeiling, prePay, inScope: fen(payable - prePay), reason, prePayRatio, line }
}

/** Not by index: a line's class is one of four names, and naming them is several times faster than a keyed look-up. */
function ruleOf(chargeClass: ChargeClass, { classes }: Parameters): ClassRule {
  if (chargeClass === '01') return classes['01']
  if (chargeClass === '02') return classes['02']
  return chargeClass === '03' ? classes['03'] : classes['04']
}

/** Restricted use x approval, then class (H 2204). */
function reasonOf(line: ClaimLine, rule: ClassRule): LineReason {
  if (rule.isOwnPay) return rule.reason
  if (line.isRestricted && line.approval !== '1') return 'restricted-not-approved'
  if (!line.isRestricted && line.approval === '2') return 'approval-refused'
  return rule.reason
}

/** Never more than the line: an institution may have stated an amount a fen below price x quantity. */
function overCeilingOf(line: ClaimLine, ceiling: Price): Fen {
  if (line.price <= ceiling) return ZERO
  const over = priceTimesQuantity((line.price - ceiling) as Price, line.quantity)
  return Math.abs(over) > Math.abs(line.amount) ? line.amount : over
}
