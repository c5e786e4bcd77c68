/** Rules that no place can set: what a class is, what an approval does, that a pack is sold once. With their sources, as every rule. */

import type { Certainty } from '../policy/policy-parts.ts'
import type { RuleSource } from './reason.ts'

const builtIn = (path: string, source: RuleSource['source'], certainty: Certainty): RuleSource => ({ pack: 'built-in', path, source, certainty })

export const BUILT_IN = {
  class: builtIn('class', { zh: '国家医保信息平台接口：chrgitm_lv', en: 'national interface, chrgitm_lv' }, 'published'),
  dates: builtIn('dates', { zh: '国家医保信息平台接口 1312：医保目录条目的 begndate、enddate', en: 'national interface 1312, begndate and enddate of an entry of the insurance catalogue' }, 'published'),
  approval: builtIn('approval', { zh: '国家医保信息平台接口 2204：hosp_appr_flag 与 lmt_used_flag', en: 'national interface 2204, hosp_appr_flag with lmt_used_flag' }, 'published'),
  negotiated: builtIn('negotiated', { zh: '国家医保信息平台接口：hi_nego_drug_flag', en: 'national interface, hi_nego_drug_flag' }, 'published'),
  dualChannel: builtIn('dual-channel', { zh: '国家医保信息平台接口 7211：dualchnlFlag', en: 'national interface 7211, dualchnlFlag' }, 'published'),
  ownPay: builtIn('own-pay', { zh: '国家医保药品目录限定的是支付范围，不限制销售：任何人都可自费购药', en: 'the national catalogue limits payment, not sale: anybody may pay a drug themselves' }, 'reproduced'),
  trace: builtIn('trace', { zh: '四部门2025年3月关于药品追溯码的通知：一盒药只能销售一次', en: 'four-ministry notice of March 2025 on trace codes: one pack, one sale' }, 'reproduced'),
  history: builtIn('history', { zh: '本机账本和医保中心（5205）的既往配药记录', en: 'earlier supplies of the own ledger and of the centre (5205)' }, 'published'),
  prescription: builtIn('prescription', { zh: '处方管理办法第十八条：处方自开具之日起有效', en: 'Prescription Administration Measures, article 18: valid from the day of issue' }, 'published'),
  pool: builtIn('funds', { zh: '国家医保信息平台接口：fund_pay_type', en: 'national interface, fund_pay_type' }, 'published')
} as const
