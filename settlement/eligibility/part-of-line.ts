/** How much of a line a limit leaves. In whole packs where there are whole packs to have; never rounded up. */

import { fen, formatFen, type Fen } from '../money/fen.ts'
import { priceTimesQuantity, type Quantity } from '../money/price.ts'
import type { Limit } from './findings.ts'
import type { AskedItem } from './question.ts'

/** One of what the line counts, in ten-thousandths. */
export const PACK = 10_000

/**
 * `of` parts of `whole`, such as 7 of 30 days. Whole packs; less than one pack is counted in the units of a pack where
 * their number is known, else it is an amount of money. `least`: what is paid at any rate.
 */
export function partOfLine(item: AskedItem, of: number, whole: number, least = 0): Limit {
  const packs = Math.max(least, wholeOf(floorShare(item.quantity, of, whole)) * PACK)
  if (packs > 0) return ofQuantity(item, packs)
  const { unitsPerPack } = item.item
  if (unitsPerPack !== undefined && unitsPerPack >= PACK && unitsPerPack % PACK === 0) {
    const inPack = unitsPerPack / PACK
    const units = wholeOf(floorShare(item.quantity * inPack, of, whole))
    const quantity = Math.floor((units * PACK) / inPack)
    if (quantity > 0) return ofQuantity(item, quantity)
  }
  return ofAmount(fen(floorShare(item.amount, of, whole)))
}

const wholeOf = (quantity: number): number => Math.floor(quantity / PACK)

/** Of one line: the person is left with more by the left than by the right. */
export function leavesMore(left: Limit, right: Limit): boolean {
  if (left.amount !== right.amount) return left.amount > right.amount
  // Of a fen or two there may be no telling by money.
  return left.payable.of === 'quantity' && right.payable.of === 'quantity' && left.payable.quantity > right.payable.quantity
}

const ofQuantity = (item: AskedItem, quantity: number): Limit => ({
  payable: { of: 'quantity', quantity: quantity as Quantity },
  amount: priceTimesQuantity(item.price, quantity as Quantity)
})

export const ofAmount = (amount: Fen): Limit => ({ payable: { of: 'amount', amount }, amount })

/** floor(value x of / whole), exactly. */
export function floorShare(value: number, of: number, whole: number): number {
  if (of >= whole) return value
  if (of <= 0) return 0
  const product = value * of
  return Number.isSafeInteger(product) ? Math.floor(product / whole) : Number((BigInt(value) * BigInt(of)) / BigInt(whole))
}

export const yuan = (amount: number): string => formatFen(fen(amount))
