/** Rules that no place can set: what a class is, what an approval does, that a pack is sold once. With their sources, as every rule. */

import type { Certainty } from '../policy/policy-parts.ts'
import type { RuleSource } from './reason.ts'

const builtIn = (path: string, source: RuleSource['source'], certainty: Certainty): RuleSource => ({ pack: 'built-in', path, source, certainty })

export const BUILT_IN = {
  class: builtIn('class', { zh: '国家医保信息平台接口：收费项目等级', en: 'national interface, charge class' }, 'published'),
  dates: builtIn('dates', { zh: '国家医保信息平台接口 1312：医保目录条目的起止日期', en: 'national interface 1312, first and last day of an entry of the insurance catalogue' }, 'published'),
  approval: builtIn('approval', { zh: '国家医保信息平台接口 2204：医院审批标志与限制使用标志', en: 'national interface 2204, approval by the hospital with flag of restricted use' }, 'published'),
  negotiated: builtIn('negotiated', { zh: '国家医保信息平台接口：谈判药品标志', en: 'national interface, flag of negotiated drugs' }, 'published'),
  dualChannel: builtIn('dual-channel', { zh: '国家医保信息平台接口 7211：双通道标志', en: 'national interface 7211, flag of dual-channel drugs' }, 'published'),
  ownPay: builtIn('own-pay', { zh: '国家医保药品目录限定的是支付范围，不限制销售：任何人都可自费购药', en: 'the national catalogue limits payment, not sale: anybody may pay a drug themselves' }, 'reproduced'),
  trace: builtIn('trace', { zh: '四部门2025年3月关于药品追溯码的通知：一盒药只能销售一次', en: 'four-ministry notice of March 2025 on trace codes: one pack, one sale' }, 'reproduced'),
  history: builtIn('history', { zh: '本机账本和医保中心（5205）的既往配药记录', en: 'earlier supplies of the own ledger and of the centre (5205)' }, 'published'),
  prescription: builtIn('prescription', { zh: '处方管理办法第十八条：处方自开具之日起有效', en: 'Prescription Administration Measures, article 18: valid from the day of issue' }, 'published'),
  pool: builtIn('funds', { zh: '国家医保信息平台接口：基金支付类型', en: 'national interface, kind of fund' }, 'published')
} as const
