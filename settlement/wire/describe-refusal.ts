/** A refusal of the calculation for whoever wrote the claim: the field, the value, what is allowed. */

import { never } from '../../base/invariant.ts'
import type { CalculationRefusal } from '../calculation/refusal.ts'

export interface RefusalText {
  readonly zh: string
  readonly en: string
}

export function describeRefusal(refusal: CalculationRefusal): RefusalText {
  switch (refusal.kind) {
    case 'other-region':
      return {
        en: `insuplc_admdvs ${refusal.claimed}: the policy rules region ${refusal.region} only`,
        zh: `参保地${refusal.claimed}不属于本政策的统筹区${refusal.region}`
      }
    case 'insurance-type-not-covered':
      return {
        en: `insutype ${refusal.insutype}: not covered by the policy; covered: ${refusal.covered.join(', ')}`,
        zh: `险种${refusal.insutype}不在本政策范围内（${refusal.covered.join('、')}）`
      }
    case 'not-in-force':
      return {
        en: `begntime ${refusal.date}: outside the policy's days of service, ${refusal.period}`,
        zh: `就诊日期${refusal.date}不在政策有效期内（${refusal.period}）`
      }
    case 'fact-missing':
      return {
        en: `${refusal.field}: missing, and the rule ${refusal.parameter} depends on it`,
        zh: `缺少${refusal.field}，规则${refusal.parameter}需要该项`
      }
    case 'no-parameter':
      return {
        en: `${refusal.parameter}: no row of the policy holds for ${refusal.facts}`,
        zh: `政策参数${refusal.parameter}没有适用于（${refusal.facts}）的规定`
      }
    case 'pre-pay-ratio-missing':
      return {
        en: `line ${refusal.lineNo}: class ${refusal.chrgitmLv} without selfpay_prop, and the policy's classes give none`,
        zh: `第${refusal.lineNo}项：类别${refusal.chrgitmLv}缺少先行自付比例，政策亦未规定`
      }
    case 'negative-sum':
      return {
        en: `${refusal.path}: "${refusal.quantity}" is refused: must not return more of an item than this bill buys, and its ${refusal.field} is ${refusal.amount}; cancel the original settlement instead`,
        zh: `第${refusal.lineNo}项数量${refusal.quantity}：该项目的${refusal.field}为${refusal.amount}元，退回多于本单购买，请撤销原结算`
      }
    case 'bill-over-limit':
      return {
        en: `medfee_sumamt ${refusal.amount}: over the limit of ${refusal.limit} for one bill`,
        zh: `总额${refusal.amount}元超过单次限额${refusal.limit}元`
      }
    default:
      return never(refusal)
  }
}
