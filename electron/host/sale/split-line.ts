/** How much of a limited line a fund may pay, in what the line counts: whole packs where packs carry codes. */

import type { ItemVerdict } from '../../../settlement/eligibility/verdict.ts'
import type { Price, Quantity } from '../../../settlement/money/price.ts'

const UNIT = 10_000
/** Price is in millionths of a yuan, amounts in fen: a hundredth. */
const PRICE_OF_FEN = 10_000

/** undefined: all of it, or the line is not limited. Zero: a fund pays no whole one. */
export function payablePacks(
  { cover, payable, tracesWanted }: ItemVerdict,
  { quantity, price }: { readonly quantity: Quantity; readonly price: Price }
): Quantity | undefined {
  if (cover !== 'limited' || payable === undefined) return undefined
  const most = payable.of === 'quantity' ? payable.quantity : affordable(payable.amount, price)
  const whole = tracesWanted > 0 || quantity % UNIT === 0 ? Math.floor(most / UNIT) * UNIT : most
  return whole >= quantity ? undefined : (Math.max(0, whole) as Quantity)
}

const affordable = (fen: number, price: Price): number => (price <= 0 ? 0 : Math.floor((fen * PRICE_OF_FEN) / price) * UNIT)
