/**
 * Double entry: who owes the institution what, against what it earned. Debits are positive, so the entries of a posting
 * sum to zero; that they can is I1, I2 and I3 of the result.
 *
 *   fund:hifp_pay ...   receivable from that fund          cash       taken at the counter
 *   personal-account    receivable for the card's purse     hospital   borne by the institution
 *   mutual-aid          receivable from a relative's account
 *   revenue             what was sold or done, as a credit
 */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import { FUNDS, type Amounts, type Fund } from '../calculation/settlement-result.ts'
import { add, fen, FEN_MAX, negate, subtract, ZERO, type Fen } from '../money/fen.ts'
import type { Entry, LedgerLine, Terms } from './fact.ts'

/** Entries of zero are left out. */
export function entriesOf(amounts: Amounts): Entry[] {
  const entries: Entry[] = [
    ...FUNDS.map((fund) => ({ account: `fund:${fund}`, amount: amounts.funds[fund] })),
    { account: 'personal-account', amount: subtract(amounts.account, amounts.mutualAid) },
    { account: 'mutual-aid', amount: amounts.mutualAid },
    { account: 'cash', amount: amounts.cash },
    { account: 'hospital', amount: amounts.hospital },
    { account: 'revenue', amount: negate(amounts.total) }
  ]
  const balance = entries.reduce((total, { amount }) => total + amount, 0)
  invariant(balance === 0, `entries of a settlement sum to ${balance} fen and not to zero`)
  return entries.filter(({ amount }) => amount !== 0)
}

/** The same terms with every amount turned round: what a correction says. */
export function reverse(terms: Terms): Terms {
  return {
    ...terms,
    amounts: negateAmounts(terms.amounts),
    lines: terms.lines.map(negateLine),
    counters: negateCounters(terms.counters)
  }
}

export const addAmounts = (left: Amounts, right: Amounts): Amounts => combine(left, right, add)

/** What has to be added to `before` to make it `after`. */
export const differenceOf = (before: Amounts, after: Amounts): Amounts => combine(after, before, subtract)

export const negateAmounts = (amounts: Amounts): Amounts => combine(amounts, amounts, (amount) => negate(amount))

/** What has to be added to the counters `before` to make them `after`. */
export function counterDifference(before: Counters, after: Counters): Counters {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries([...names].map((name) => [name, subtract(counterOf(after, name), counterOf(before, name))]))
}

/** The sum of two sets of counters, or the name of the first one that would leave the range of an amount. */
export function addCounters(left: Counters, right: Counters): Result<Counters, string> {
  const sums: Record<string, Fen> = { ...left }
  for (const [name, amount] of Object.entries(right)) {
    const total = amount + counterOf(left, name)
    if (Math.abs(total) > FEN_MAX) return refuse(name)
    sums[name] = fen(total)
  }
  return ok(sums)
}

/** Names that objects have of their own are no counters. */
const counterOf = (counters: Counters, name: string): Fen => (Object.hasOwn(counters, name) ? (counters[name] ?? ZERO) : ZERO)

function combine(left: Amounts, right: Amounts, of: (left: Fen, right: Fen) => Fen): Amounts {
  return {
    total: of(left.total, right.total),
    ownPay: of(left.ownPay, right.ownPay),
    overCeiling: of(left.overCeiling, right.overCeiling),
    prePay: of(left.prePay, right.prePay),
    inScope: of(left.inScope, right.inScope),
    deductible: of(left.deductible, right.deductible),
    funds: Object.fromEntries(FUNDS.map((fund) => [fund, of(left.funds[fund], right.funds[fund])])) as Record<Fund, Fen>,
    fundPaid: of(left.fundPaid, right.fundPaid),
    personal: of(left.personal, right.personal),
    account: of(left.account, right.account),
    mutualAid: of(left.mutualAid, right.mutualAid),
    cash: of(left.cash, right.cash),
    hospital: of(left.hospital, right.hospital)
  }
}

const negateLine = (line: LedgerLine): LedgerLine => ({
  ...line,
  amount: negate(line.amount),
  ownPay: negate(line.ownPay),
  overCeiling: negate(line.overCeiling),
  prePay: negate(line.prePay),
  inScope: negate(line.inScope)
})

export const negateCounters = (counters: Counters): Counters =>
  Object.fromEntries(Object.entries(counters).map(([name, amount]) => [name, negate(amount)]))
