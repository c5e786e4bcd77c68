/** The result under the national names, amounts as decimal strings. Always provisional: only a centre's answer is final. */

import type { Calculation, CalculatedLine } from '../calculation/calculation.ts'
import { ACCOUNT_PAY_TYPE } from '../policy/fund-pay-type.ts'
import { FUNDS } from '../calculation/settlement-result.ts'
import type { Account } from '../calculation/claim.ts'
import type { Counters } from '../calculation/counters.ts'
import { counterOf } from '../calculation/year-counters.ts'
import { add, fen, formatFen } from '../money/fen.ts'
import { formatPrice, formatQuantity } from '../money/price.ts'
import { formatRatio } from '../money/ratio.ts'
import { explainLine, stepText } from './explain.ts'
import { AMOUNT_NAMES, FUND_TEXTS } from './wire-names.ts'

export type CalculationWire = ReturnType<typeof calculationToWire>

export function calculationToWire(calculation: Calculation) {
  const { amounts, claim, counters } = calculation
  const { funds, ...single } = amounts
  return {
    provisional: true,
    kind: calculation.kind,
    region: calculation.region,
    policy_version: calculation.policyVersion,
    psn_no: claim.psnNo ?? '',
    mdtrt_id: claim.mdtrtId ?? '',
    fixmedins_code: claim.fixmedinsCode ?? '',
    insutype: claim.facts.insutype,
    psn_type: claim.facts.psnType,
    med_type: claim.facts.medType,
    begntime: claim.begins,
    ...(Object.fromEntries(
      Object.entries(single).map(([name, amount]) => [AMOUNT_NAMES[name as keyof typeof single], formatFen(amount)])
    ) as Record<(typeof AMOUNT_NAMES)[keyof typeof AMOUNT_NAMES], string>),
    ...(Object.fromEntries(FUNDS.map((fund) => [fund, formatFen(funds[fund])])) as Record<(typeof FUNDS)[number], string>),
    pool_prop_selfpay: formatRatio(calculation.poolRatio ?? ZERO_RATIO),
    balc: formatFen(fen(calculation.account.currentYear + calculation.account.pastYears)),
    account_before: accountToWire(claim.account),
    account_after: accountToWire(calculation.account),
    setldetail: calculation.fundRows.map((row) => ({
      fund_pay_type: row.fundPayType,
      fund_pay_type_name: row.fund === undefined ? ACCOUNT_NAME : FUND_TEXTS[row.fund].zh,
      fund: row.fund ?? (row.fundPayType === ACCOUNT_PAY_TYPE ? 'acct_pay' : ''),
      inscp_scp_amt: formatFen(amounts.inScope),
      /** Empty: the fund has no payment limit here. */
      crt_payb_lmt_amt: row.availableBefore === undefined ? '' : formatFen(row.availableBefore),
      fund_payamt: formatFen(row.paid)
    })),
    personal: calculation.personalShares.map((share) => ({
      part: share.part,
      amount: formatFen(share.amount),
      acct_pay: formatFen(add(share.own, share.mutualAid)),
      acct_mulaid_pay: formatFen(share.mutualAid),
      psn_cash_pay: formatFen(share.cash)
    })),
    /** What the settlement adds to the year's accumulators, and where they stand after it. */
    accumulators_added: countersToWire(counters),
    accumulators_after: countersToWire(countersAfter(calculation)),
    lines: calculation.lines.map(lineToWire),
    steps: calculation.steps.map(stepText).map((step) => ({ ...step, amount: formatFen(step.amount) }))
  }
}

const ACCOUNT_NAME = '个人账户'
const ZERO_RATIO = 0 as Parameters<typeof formatRatio>[0]

const accountToWire = ({ currentYear, pastYears, mutualAid }: Account) => ({
  current_year: formatFen(currentYear),
  past_years: formatFen(pastYears),
  mutual_aid: mutualAid.map(({ donor, balance }) => ({ donor, balance: formatFen(balance) }))
})

const countersToWire = (counters: Counters): Record<string, string> =>
  Object.fromEntries(Object.entries(counters).map(([name, amount]) => [name, formatFen(amount)]))

/** A reversal's claim still carries the counters before the settlement: after it they stand there again. */
function countersAfter({ kind, claim, counters }: Calculation): Counters {
  if (kind === 'reversal') return claim.accumulators
  const names = [...new Set([...Object.keys(claim.accumulators), ...Object.keys(counters)])]
  return Object.fromEntries(names.map((name) => [name, add(counterOf(claim.accumulators, name), counterOf(counters, name))]))
}

function lineToWire(calculated: CalculatedLine) {
  const { line } = calculated
  return {
    feedetl_sn: calculated.lineNo,
    med_list_codg: line.medListCodg ?? '',
    name: line.name ?? '',
    chrgitm_lv: line.chargeClass,
    med_chrgitm_type: line.medChrgitmType ?? '',
    pric: formatPrice(line.price),
    cnt: formatQuantity(line.quantity),
    det_item_fee_sumamt: formatFen(calculated.amount),
    pric_uplmt_amt: line.ceiling === undefined ? '' : formatPrice(line.ceiling),
    selfpay_prop: calculated.prePayRatio === undefined ? '' : formatRatio(calculated.prePayRatio),
    fulamt_ownpay_amt: formatFen(calculated.ownPay),
    overlmt_amt: formatFen(calculated.overCeiling),
    preselfpay_amt: formatFen(calculated.prePay),
    inscp_scp_amt: formatFen(calculated.inScope),
    reason: calculated.reason,
    zh: explainLine(calculated, 'zh-CN'),
    en: explainLine(calculated, 'en')
  }
}
