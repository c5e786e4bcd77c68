/**
 * Which three amounts the card signs, by where the personal account lives (S38 2; S37 8.5.3):
 *
 *   account on the card (v1.00, use mode 2)   account = what the purse pays, own = own payment within scope, pooled = funds
 *   account at the centre (use mode 1)        account = 0, own = the whole bill, pooled = account and funds together
 *
 * "Own payment within scope" is read as the person's whole share of the in-scope expense, whoever's pocket it comes from:
 * the card keeps it as the year's total against which a deductible is judged (inferred; S37 does not say).
 */

import type { Amounts } from '../calculation/settlement-result.ts'
import { add, greatest, subtract, ZERO } from '../money/fen.ts'
import type { DebitAmounts } from '../payment/payment-device.ts'

export type AccountPlace = 'on-card' | 'at-centre'

export function debitAmounts(amounts: Amounts, place: AccountPlace): DebitAmounts {
  if (place === 'at-centre') {
    return { account: ZERO, own: amounts.total, pooled: add(amounts.account, amounts.fundPaid) }
  }
  return {
    account: subtract(amounts.account, amounts.mutualAid),
    own: greatest(ZERO, subtract(amounts.inScope, amounts.fundPaid)),
    pooled: amounts.fundPaid
  }
}
