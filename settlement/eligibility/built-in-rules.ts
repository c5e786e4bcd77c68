/** Rules that no place can set: what a class is, what an approval does, that a pack is sold once. With their sources, as every rule. */

import type { Certainty } from '../policy/policy-parts.ts'
import type { RuleSource } from './reason.ts'

const builtIn = (path: string, source: string, certainty: Certainty): RuleSource => ({ pack: 'built-in', path, source, certainty })

export const BUILT_IN = {
  class: builtIn('class', 'national interface, chrgitm_lv', 'published'),
  dates: builtIn('dates', 'national interface 1312, begndate and enddate of an entry of the insurance catalogue', 'published'),
  approval: builtIn('approval', 'national interface 2204, hosp_appr_flag with lmt_used_flag', 'published'),
  negotiated: builtIn('negotiated', 'national interface, hi_nego_drug_flag', 'published'),
  dualChannel: builtIn('dual-channel', 'national interface 7211, dualchnlFlag', 'published'),
  ownPay: builtIn('own-pay', 'the national catalogue limits payment, not sale: anybody may pay a drug themselves', 'reproduced'),
  trace: builtIn('trace', 'four-ministry notice of March 2025 on trace codes: one pack, one sale', 'reproduced'),
  history: builtIn('history', 'earlier supplies of the own ledger and of the centre (5205)', 'published'),
  pool: builtIn('funds', 'national interface, fund_pay_type', 'published')
} as const
