/** A bill divides without a rest, and its two sides come to the same: who owes (funds, account, family, cash, hospital) and what was earned. */

import { FUNDS, type Amounts, type Fact, type Line } from '../fact.ts'
import type { Findings } from '../failure.ts'

export function checkAmounts(terminal: string, fact: Fact, findings: Findings): void {
  if (fact.kind === 'hold') {
    check(`${terminal}: visit ${fact.visitNo}`, fact.amounts, findings)
    checkLines(`${terminal}: visit ${fact.visitNo}`, fact.amounts, fact.lines, findings)
  }
  if (fact.kind === 'confirmation' && fact.ofRecord !== undefined) check(`${terminal}: of record for ${fact.id}`, fact.ofRecord.amounts, findings)
}

/** Signed fen, debit positive. */
export const entriesOf = (amounts: Amounts): readonly number[] => [
  ...FUNDS.map((fund) => amounts[fund]),
  amounts.account - amounts.mutual_aid,
  amounts.mutual_aid,
  amounts.cash,
  amounts.hospital,
  -amounts.total
]

function check(what: string, amounts: Amounts, findings: Findings): void {
  const rest = entriesOf(amounts).reduce((sum, entry) => sum + entry, 0)
  findings.expect('entries-balance', rest === 0, () => `${what}: the entries come to ${rest} fen and not to 0`)
  const split = amounts.own_pay + amounts.over_ceiling + amounts.pre_pay + amounts.in_scope
  findings.expect('entries-balance', split === amounts.total, () => `${what}: the parts come to ${split} fen of ${amounts.total}`)
  const funds = FUNDS.reduce((sum, fund) => sum + amounts[fund], 0)
  findings.expect('entries-balance', funds === amounts.fund_paid, () => `${what}: the funds come to ${funds} fen, ${amounts.fund_paid} are stated`)
  findings.expect('entries-balance', amounts.personal === amounts.account + amounts.cash, () => `${what}: account and cash come to ${amounts.account + amounts.cash} fen of ${amounts.personal}`)
}

function checkLines(what: string, amounts: Amounts, lines: readonly Line[], findings: Findings): void {
  const sum = lines.reduce((total, line) => total + line.amount, 0)
  findings.expect('entries-balance', sum === amounts.total, () => `${what}: the lines come to ${sum} fen, the bill to ${amounts.total}`)
  const scope = lines.reduce((total, line) => total + line.inScope, 0)
  findings.expect('entries-balance', scope === amounts.in_scope, () => `${what}: the lines have ${scope} fen in scope, the bill ${amounts.in_scope}`)
}
