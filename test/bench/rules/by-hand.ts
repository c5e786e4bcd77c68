/** The limit: the rules of one city written straight into code, with the same breakdown by line. Nothing can be changed. */

import type { Outcome, PlainBill } from './bills.ts'

export interface LineByHand {
  readonly lineNo: number
  readonly reason: 'class-a' | 'class-b' | 'class-c'
  readonly prePayRatio: number
  readonly amount: number
  readonly ownPay: number
  readonly overCeiling: number
  readonly prePay: number
  readonly inScope: number
}

export interface BillByHand extends Outcome {
  readonly lines: readonly LineByHand[]
  readonly total: number
  readonly ownPay: number
  readonly overCeiling: number
  readonly prePay: number
  readonly inScope: number
  readonly deductible: number
  readonly personal: number
}

export function settleByHand(bill: PlainBill): BillByHand {
  const lines: LineByHand[] = []
  let total = 0
  let ownPay = 0
  let overCeiling = 0
  let prePay = 0
  let inScope = 0
  for (const line of bill.lines) {
    const amount = line.price * line.count
    const own = line.chargeClass === 'C' ? amount : 0
    const over = own === 0 && line.ceiling > 0 && line.price > line.ceiling ? (line.price - line.ceiling) * line.count : 0
    const pre = own === 0 ? Math.floor(((amount - over) * line.prePay + 5_000) / 10_000) : 0
    const scope = amount - own - over - pre
    const reason = line.chargeClass === 'A' ? 'class-a' : line.chargeClass === 'B' ? 'class-b' : 'class-c'
    lines.push({
      lineNo: lines.length + 1,
      reason,
      prePayRatio: line.prePay,
      amount,
      ownPay: own,
      overCeiling: over,
      prePay: pre,
      inScope: scope
    })
    total += amount
    ownPay += own
    overCeiling += over
    prePay += pre
    inScope += scope
  }
  const level = bill.level
  const remaining = Math.max(0, (level === 1 ? 20_000 : level === 2 ? 40_000 : 60_000) - bill.deductibleUsed)
  const deductible = Math.min(inScope, remaining)
  const ratio = (level === 1 ? 8_000 : level === 2 ? 7_000 : 6_000) + (bill.retired ? 500 : 0)
  const share = Math.floor(((inScope - deductible) * ratio + 5_000) / 10_000)
  const fund = Math.min(share, Math.max(0, (bill.retired ? 550_000 : 450_000) - bill.poolUsed))
  const personal = total - fund
  const account = Math.min(personal, bill.balance)
  const cash = personal - account
  return { lines, total, ownPay, overCeiling, prePay, inScope, deductible, fund, personal, account, cash }
}
