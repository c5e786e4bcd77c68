/** A refusal of the calculation or of the choice of a policy as one line: what is wrong, the value, what is allowed. */

import { never } from '../../base/invariant.ts'
import type { CalculationRefusal } from '../calculation/refusal.ts'
import type { PolicyChoiceRefusal } from '../policy/choose-policy.ts'

export interface RefusalText {
  readonly zh: string
  readonly en: string
}

export function describeRefusal(refusal: CalculationRefusal | PolicyChoiceRefusal): RefusalText {
  switch (refusal.kind) {
    case 'other-region':
      return {
        en: `insuplc_admdvs ${refusal.claimed}: the policy rules region ${refusal.region} only`,
        zh: `参保地${refusal.claimed}不属于本政策的统筹区${refusal.region}`
      }
    case 'insurance-type-not-covered': {
      const covered = 'covered' in refusal ? `; covered: ${refusal.covered.join(', ')}` : ''
      return {
        en: `insutype ${refusal.insutype}: not covered by the policy${covered}`,
        zh: `险种${refusal.insutype}不在本政策范围内`
      }
    }
    case 'not-in-force': {
      const periods = 'period' in refusal ? refusal.period : refusal.periods.join('; ')
      return {
        en: `begntime ${refusal.date}: outside the policy's days of service, ${periods}`,
        zh: `就诊日期${refusal.date}不在政策有效期内(${periods})`
      }
    }
    case 'fact-missing':
      return {
        en: `${refusal.field}: missing, and the rule ${refusal.parameter} depends on it`,
        zh: `缺少${refusal.field},规则${refusal.parameter}需要该项`
      }
    case 'no-parameter':
      return {
        en: `${refusal.parameter}: no row of the policy holds for ${refusal.facts}`,
        zh: `政策参数${refusal.parameter}没有适用于(${refusal.facts})的规定`
      }
    case 'pre-pay-ratio-missing':
      return {
        en: `line ${refusal.lineNo}: class ${refusal.chrgitmLv} without selfpay_prop, and the policy's classes give none`,
        zh: `第${refusal.lineNo}项:类别${refusal.chrgitmLv}缺少先行自付比例,政策亦未规定`
      }
    case 'negative-sum':
      return {
        en: `${refusal.field} ${refusal.amount}: more is returned than bought; cancel the original settlement instead`,
        zh: `${refusal.field}为${refusal.amount}元,退回多于购买,请撤销原结算`
      }
    case 'bill-over-limit':
      return {
        en: `medfee_sumamt ${refusal.amount}: over the limit of ${refusal.limit} for one bill`,
        zh: `总额${refusal.amount}元超过单次限额${refusal.limit}元`
      }
    case 'region-unknown':
      return {
        en: `region ${refusal.region}: no policy; known: ${refusal.known.join(', ')}`,
        zh: `没有统筹区${refusal.region}的政策`
      }
    case 'ambiguous':
      return {
        en: `versions ${refusal.versions.join(', ')} are in force on the same day`,
        zh: `同一日期有多个政策版本生效:${refusal.versions.join('、')}`
      }
    default:
      return never(refusal)
  }
}
