/**
 * I1 to I8 and I10: what must hold to the fen on every result. A breach is a fault of the program, not of the claim, and
 * ends it: a wrong settlement costs more than a restart. A reversal is checked with all signs turned.
 */

import { invariant } from '../../base/invariant.ts'
import type { Calculation } from './calculation.ts'
import type { Amounts } from './settlement-result.ts'

export function assertIdentities(calculation: Calculation): void {
  const { amounts } = calculation
  const sign = calculation.kind === 'reversal' ? -1 : 1
  assertPayers(amounts, sign)
  let fundRows = 0
  for (const row of calculation.fundRows) {
    invariant(row.paid * sign >= 0, 'a fund pays a negative amount')
    if (row.fund !== undefined) fundRows += row.paid
  }
  invariant(fundRows === amounts.fundPaid, 'I5: the fund rows are not what the funds pay')
  assertLines(calculation)
  let personal = 0
  for (const share of calculation.personalShares) {
    personal += share.amount
    invariant(share.own + share.mutualAid + share.cash === share.amount, 'I2: a personal part is not paid in full')
    invariant(
      share.own * sign >= 0 && share.mutualAid * sign >= 0 && share.cash * sign >= 0,
      'a personal part has a negative payer'
    )
  }
  invariant(personal === amounts.personal, 'the personal parts are not the personal share')
  assertBalances(calculation)
}

function assertPayers(amounts: Amounts, sign: 1 | -1): void {
  const { total, fundPaid, personal, hospital, account, cash, mutualAid, funds } = amounts
  invariant(total === fundPaid + personal + hospital, 'I1: total is not fund + personal + hospital')
  invariant(personal === account + cash, 'I2: personal is not account + cash')
  const { hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay } = funds
  const paidByFunds = hifp_pay + hifob_pay + hifmi_pay + hifes_pay + cvlserv_pay + hifdm_pay + maf_pay + oth_pay
  invariant(paidByFunds === fundPaid, 'I3: the funds do not add up')
  invariant(
    mutualAid * sign >= 0 && mutualAid * sign <= account * sign,
    'I4: mutual aid is not a part of the account payment'
  )
  invariant(cash * sign >= 0 && amounts.deductible * sign >= 0, 'a share is negative')
}

function assertLines({ lines, amounts }: Calculation): void {
  let total = 0
  let ownPay = 0
  let overCeiling = 0
  let prePay = 0
  let inScope = 0
  for (const line of lines) {
    const parts = line.ownPay + line.overCeiling + line.prePay + line.inScope
    invariant(line.amount === parts, 'I6: a line does not add up')
    total += line.amount
    ownPay += line.ownPay
    overCeiling += line.overCeiling
    prePay += line.prePay
    inScope += line.inScope
  }
  invariant(total === amounts.total, 'I8: the lines are not the total')
  const isHeader =
    ownPay === amounts.ownPay &&
    overCeiling === amounts.overCeiling &&
    prePay === amounts.prePay &&
    inScope === amounts.inScope
  invariant(isHeader, 'I7: the header is not the sum of the lines')
}

function assertBalances({ claim, account: after, amounts }: Calculation): void {
  const before = claim.account
  const own = before.currentYear + before.pastYears - after.currentYear - after.pastYears
  invariant(own === amounts.account - amounts.mutualAid, 'I10: the own account does not fall by what it pays')
  let aid = 0
  before.mutualAid.forEach(({ balance }, index) => {
    aid += balance - (after.mutualAid[index]?.balance ?? 0)
  })
  invariant(aid === amounts.mutualAid, "I10: the donors' accounts do not fall by what they pay")
}
