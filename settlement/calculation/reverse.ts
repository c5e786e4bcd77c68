/**
 * A cancelled settlement is its own negative: every amount, every line, every counter (so the deductible comes back, and
 * the limits open again); the accounts stand where they stood. I9: the pair sums to zero in each amount.
 */

import { invariant } from '../../base/invariant.ts'
import { negate, type Fen } from '../money/fen.ts'
import type { CalculatedLine, Calculation } from './calculation.ts'
import { assertIdentities } from './identities.ts'
import type { Amounts, Fund } from './settlement-result.ts'

export function reverse(settled: Calculation): Calculation {
  invariant(settled.kind === 'settlement', 'only a settlement can be reversed')
  const amounts = reverseAmounts(settled.amounts)
  const { total, fundPaid, account, cash } = amounts
  const reversal: Calculation = {
    ...settled,
    kind: 'reversal',
    // The accounts before the reversal are those after the settlement.
    claim: { ...settled.claim, account: settled.account },
    account: settled.claim.account,
    amounts,
    lines: settled.lines.map(reverseLine),
    fundRows: settled.fundRows.map((row) => ({ ...row, paid: negate(row.paid) })),
    personalShares: settled.personalShares.map((share) => ({
      part: share.part,
      amount: negate(share.amount),
      own: negate(share.own),
      mutualAid: negate(share.mutualAid),
      cash: negate(share.cash)
    })),
    counters: negateAll(settled.counters),
    steps: [{ kind: 'reversal', total, fundPaid, account, cash }]
  }
  assertIdentities(reversal)
  return reversal
}

function reverseAmounts(amounts: Amounts): Amounts {
  const { funds, ...single } = amounts
  return { ...negateAll(single), funds: negateAll<Record<Fund, Fen>>(funds) }
}

function reverseLine(line: CalculatedLine): CalculatedLine {
  const { amount, ownPay, overCeiling, prePay, inScope } = line
  return { ...line, ...negateAll({ amount, ownPay, overCeiling, prePay, inScope }) }
}

function negateAll<Named extends Readonly<Record<string, Fen>>>(named: Named): Named {
  return Object.fromEntries(Object.entries(named).map(([name, amount]) => [name, negate(amount)])) as Named
}
