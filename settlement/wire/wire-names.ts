/** The one table between the words of the result and the national names (H T66, T86). */

import type { Amounts, Fund } from '../calculation/settlement-result.ts'

export const AMOUNT_NAMES = {
  total: 'medfee_sumamt',
  ownPay: 'fulamt_ownpay_amt',
  overCeiling: 'overlmt_selfpay',
  prePay: 'preselfpay_amt',
  inScope: 'inscp_scp_amt',
  deductible: 'act_pay_dedc',
  fundPaid: 'fund_pay_sumamt',
  personal: 'psn_part_amt',
  account: 'acct_pay',
  mutualAid: 'acct_mulaid_pay',
  cash: 'psn_cash_pay',
  hospital: 'hosp_part_amt'
} as const satisfies Record<Exclude<keyof Amounts, 'funds'>, string>

export const FUND_TEXTS: Readonly<Record<Fund, { readonly zh: string; readonly en: string }>> = {
  hifp_pay: { zh: '基本医疗保险统筹基金', en: 'basic pooled fund' },
  hifob_pay: { zh: '大额医疗费用补助基金', en: 'large-amount fund' },
  hifmi_pay: { zh: '大病保险基金', en: 'big-illness fund' },
  hifes_pay: { zh: '补充医疗保险基金', en: 'supplementary fund' },
  cvlserv_pay: { zh: '公务员医疗补助', en: 'civil-servant subsidy' },
  hifdm_pay: { zh: '伤残人员医疗保障基金', en: 'disabled-persons fund' },
  maf_pay: { zh: '医疗救助基金', en: 'medical aid' },
  oth_pay: { zh: '其他基金', en: 'other fund' }
}
