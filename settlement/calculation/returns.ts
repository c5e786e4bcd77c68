/**
 * Returns within one bill, item by item: what comes back of an item - its amount and each of its parts - was bought in the same
 * bill. Otherwise a line that nobody ever bought would lower what others cost, or one bought out of scope come back in scope.
 */

import { fen, formatFen } from '../money/fen.ts'
import { formatQuantity } from '../money/price.ts'
import type { CalculatedLine } from './calculation.ts'
import type { ClaimLine } from './claim.ts'
import type { Classified } from './classify-lines.ts'
import type { CalculationRefusal } from './refusal.ts'

const FIELDS = [
  ['det_item_fee_sumamt', 'amount'],
  ['fulamt_ownpay_amt', 'ownPay'],
  ['overlmt_selfpay', 'overCeiling'],
  ['preselfpay_amt', 'prePay'],
  ['inscp_scp_amt', 'inScope']
] as const
type Part = (typeof FIELDS)[number][1]

/** A stated amount may be one fen off, and ceiling and pre-self-pay are rounded behind it: three returned singly are not three sold at once. */
const ROUNDING_OF_A_LINE = 2

interface Item {
  readonly sums: Record<Part, number>
  lines: number
  isBought: boolean
  /** The first line that returns it. */
  returning: number
}

/** The first item of which more comes back than was bought. However a line is rounded, no sum of the bill is below zero. */
export function refuseReturns(sums: Classified): CalculationRefusal | undefined {
  const { lines } = sums
  if (lines.every(({ amount }) => amount >= 0)) return undefined
  const { ownPay, overCeiling, prePay, inScope } = sums
  const rounding = [ownPay, overCeiling, prePay, inScope].some((sum) => sum < 0) ? 0 : ROUNDING_OF_A_LINE
  for (const item of itemsOf(lines)) {
    const least = item.isBought ? -rounding * item.lines : 0
    const field = FIELDS.find(([, part]) => item.sums[part] < least)
    const line = lines[item.returning]
    if (field === undefined || line === undefined) continue
    const { lineNo, quantity } = line.line
    const amount = formatFen(fen(item.sums[field[1]]))
    return { kind: 'negative-sum', path: `lines[${item.returning}].cnt`, quantity: formatQuantity(quantity), lineNo, field: field[0], amount }
  }
  return undefined
}

function itemsOf(lines: readonly CalculatedLine[]): Iterable<Item> {
  const items = new Map<string, Item>()
  for (const [index, line] of lines.entries()) {
    const key = keyOf(line.line)
    const item = items.get(key) ?? { sums: { amount: 0, ownPay: 0, overCeiling: 0, prePay: 0, inScope: 0 }, lines: 0, isBought: false, returning: -1 }
    items.set(key, item)
    for (const [, part] of FIELDS) item.sums[part] += line[part]
    item.lines += 1
    if (line.amount > 0) item.isBought = true
    if (line.amount < 0 && item.returning === -1) item.returning = index
  }
  return items.values()
}

/** Only a claim that is no visit's may leave out the code. */
const keyOf = ({ medListCodg, name }: ClaimLine): string => medListCodg ?? `name ${name ?? ''}`
