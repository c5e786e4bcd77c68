/** A sale that eligibility stops: the reason's own three answers, and which line it is. */

import { sayReason } from '../../../settlement/eligibility/say-reason.ts'
import { sayRulesRefusal, type RulesRefusal } from '../../../settlement/rules/choose-rules.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import { refused, say, type Answers } from './answers.ts'

export function notEligibleAnswers({ line, item, reason }: Extract<CounterRefusal, { kind: 'not-eligible' }>): Answers {
  const { what, mend, today } = sayReason(reason)
  return refused({
    // Names of drugs are Chinese in both.
    what: say(`第${line}项${item}：${what.zh}`, `line ${line}: ${clause(what.en)}`),
    ...(mend !== null && { mend: say(mend.zh, clause(mend.en)) }),
    ...(today !== null && { today: say(today.zh, clause(today.en)) })
  })
}

/** A sentence of a reason, where sentences are joined. */
const clause = (sentence: string): string => sentence.replace(/\.$/, '')

export const noRulesAnswers = (refusal: RulesRefusal): Answers =>
  refused({
    what: say(`没有可用的药品支付规则：${sayRulesRefusal(refusal).zh}`, sayRulesRefusal(refusal).en),
    mend: say('请安装本地该日期的规则包', 'install the rules of this place and day'),
    today: say('规则装好之前不售医保药品', 'nothing is sold on the insurance before that')
  })
