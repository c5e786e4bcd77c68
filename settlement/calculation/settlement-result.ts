/**
 * What a calculation gives: who pays what, line by line and in sum, with the steps that led there. The plain English
 * names here and the national names on the wire are the same quantities; `wire-names.ts` is the one table between them.
 *
 * Identities that hold to the fen on every result, or it is refused (I1-I4 H 2102, 2206; I5-I8 inferred):
 *   I1 total = fundPaid + personal + hospital          I2 personal = account + cash
 *   I3 fundPaid = sum of the funds                     I4 0 <= mutualAid <= account
 *   I5 sum of the fund rows = fundPaid                 I6 line: amount = ownPay + overCeiling + prePay + inScope
 *   I7 header ownPay .. inScope = sums of the lines    I8 sum of the line amounts = total
 */

import type { Fen } from '../money/fen.ts'

/** The funds of setlinfo (H T66, T86), in the order in which they pay. */
export const FUNDS = [
  'hifp_pay',
  'hifob_pay',
  'hifmi_pay',
  'hifes_pay',
  'cvlserv_pay',
  'hifdm_pay',
  'maf_pay',
  'oth_pay'
] as const
export type Fund = (typeof FUNDS)[number]

export interface Amounts {
  /** medfee_sumamt 医疗费总额 */
  readonly total: Fen
  /** fulamt_ownpay_amt 全自费: class C, restricted and not approved */
  readonly ownPay: Fen
  /** overlmt_selfpay 超限价自费 */
  readonly overCeiling: Fen
  /** preselfpay_amt 先行自付: class B */
  readonly prePay: Fen
  /** inscp_scp_amt 符合政策范围 */
  readonly inScope: Fen
  /** act_pay_dedc 实际支付起付线 */
  readonly deductible: Fen
  readonly funds: Readonly<Record<Fund, Fen>>
  /** fund_pay_sumamt */
  readonly fundPaid: Fen
  /** psn_part_amt 个人负担 */
  readonly personal: Fen
  /** acct_pay 个人账户支出, mutual aid included */
  readonly account: Fen
  /** acct_mulaid_pay 账户共济 */
  readonly mutualAid: Fen
  /** psn_cash_pay 现金 */
  readonly cash: Fen
  /** hosp_part_amt 医院负担 */
  readonly hospital: Fen
}

export type SingleAmount = Exclude<keyof Amounts, 'funds'>

const EVERY_SINGLE: Readonly<Record<SingleAmount, true>> = {
  total: true,
  ownPay: true,
  overCeiling: true,
  prePay: true,
  inScope: true,
  deductible: true,
  fundPaid: true,
  personal: true,
  account: true,
  mutualAid: true,
  cash: true,
  hospital: true
}

/** Every amount beside the funds, for whoever compares or writes them all: one that is left out does not compile. */
export const SINGLE_AMOUNTS = Object.keys(EVERY_SINGLE) as readonly SingleAmount[]

export interface LineAmounts {
  /** feedetl_sn, or the line's number from 1 when the claim gave none */
  readonly lineNo: string
  /** det_item_fee_sumamt */
  readonly amount: Fen
  readonly ownPay: Fen
  readonly overCeiling: Fen
  readonly prePay: Fen
  readonly inScope: Fen
}
