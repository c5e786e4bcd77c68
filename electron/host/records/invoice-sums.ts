/**
 * The four sums that an e-invoice prints: 自理, 自费, 符合医保费用, 个人自付.
 *
 *   selfCare     pre-self-pay of class B
 *   ownExpense   class C and what is not approved, and the part over a ceiling
 *   inScope      total - selfCare - ownExpense, which is the sum in scope of I6 to I8
 *   selfPay      the person's part of inScope: deductible, co-pay, what no band takes, what the account paid first
 *
 * The first three are what was charged, whoever pays it. A supplement may relieve the parts outside the scope too, so
 * "in scope less all funds" would be too little; selfPay is therefore the personal share without those parts, as the
 * calculation left them: selfPay + the parts outside = personal, checked here. It rests on the personal shares of the
 * calculation adding up to `personal` (asserted by its identities).
 */

import { invariant } from '../../../base/invariant.ts'
import type { Amounts } from '../../../settlement/calculation/settlement-result.ts'
import { add, fen, formatFen, subtract, type Fen } from '../../../settlement/money/fen.ts'
import { IN_SCOPE_PARTS } from '../../../settlement/policy/policy-parts.ts'
import type { InvoiceSums } from '../../contract/bill-view.ts'

/** A part of the personal share after the supplements. */
export interface PersonalAmount {
  readonly part: string
  readonly amount: Fen
}

/** `shares` undefined: a document without them, from which only the funds can be taken off. */
export function invoiceSums(amounts: Amounts, shares: readonly PersonalAmount[] | undefined): InvoiceSums {
  const ownExpense = add(amounts.ownPay, amounts.overCeiling)
  const inScope = subtract(subtract(amounts.total, amounts.prePay), ownExpense)
  invariant(inScope === amounts.inScope, `in scope is ${amounts.inScope} fen and not ${inScope}`)
  return {
    selfCare: formatFen(amounts.prePay),
    ownExpense: formatFen(ownExpense),
    inScope: formatFen(inScope),
    selfPay: formatFen(shares === undefined ? fen(Math.max(0, inScope - amounts.fundPaid)) : selfPayOf(amounts, shares))
  }
}

function selfPayOf({ personal, inScope }: Amounts, shares: readonly PersonalAmount[]): Fen {
  let selfPay = 0
  let outside = 0
  for (const { part, amount } of shares) {
    if (isInScope(part)) selfPay += amount
    else outside += amount
  }
  invariant(selfPay + outside === personal, `personal parts of ${selfPay + outside} fen are not the personal share of ${personal}`)
  invariant(selfPay >= 0 && selfPay <= inScope, `${selfPay} fen are no part of ${inScope} in scope`)
  return fen(selfPay)
}

const isInScope = (part: string): boolean => (IN_SCOPE_PARTS as readonly string[]).includes(part)
