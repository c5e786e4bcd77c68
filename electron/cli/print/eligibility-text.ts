/** Verdicts as lines for people: the light, every reason in the order of weight with its three answers, and where the rule stands. */

import type { AskedItem, Question } from '../../../settlement/eligibility/question.ts'
import type { Reason } from '../../../settlement/eligibility/reason.ts'
import { menderOf, sayReason, sayVerdict } from '../../../settlement/eligibility/say-reason.ts'
import type { ItemVerdict, Payable, Verdict } from '../../../settlement/eligibility/verdict.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import { formatQuantity } from '../../../settlement/money/price.ts'
import type { CompiledRules } from '../../../settlement/rules/compiled-rules.ts'

export interface Judged {
  readonly question: Question
  readonly rules: CompiledRules
  readonly verdict: Verdict
}

export function eligibilityText({ question, rules, verdict }: Judged): string[] {
  const { identity } = rules
  return [
    `rules ${identity.id} ${identity.version} (${identity.name.zh}), ${question.on}, at ${question.place.code}`,
    ...verdict.items.flatMap((item, index) => itemText(item, question.items[index]))
  ]
}

function itemText(verdict: ItemVerdict, asked: AskedItem | undefined): string[] {
  const said = sayVerdict(verdict)
  return [
    '',
    `${verdict.line}  ${asked?.item.name ?? ''}  ${asked?.code ?? ''}  ×${asked === undefined ? '' : formatQuantity(asked.quantity)}`,
    `   [${verdict.cover}] ${said.zh}`,
    `   ${said.en}`,
    ...verdict.reasons.flatMap((reason) => reasonText(reason, verdict))
  ]
}

function reasonText(reason: Reason, verdict: ItemVerdict): string[] {
  const { what, mend, today } = sayReason(reason, verdict)
  const { source, certainty } = reason.rule
  return [
    `   - ${reason.kind} (${reason.effect}): ${what.zh} / ${what.en}`,
    ...(mend === null ? [] : [`       ${mend.zh} / ${mend.en}`]),
    ...(today === null ? [] : [`       ${today.zh} / ${today.en}`]),
    `       ${inBoth(source)} [${certainty}]`
  ]
}

/** What reads the same in both languages is said once. */
const inBoth = ({ zh, en }: Reason['rule']['source']): string => (zh === en ? zh : `${zh} / ${en}`)

export function eligibilityJson({ question, rules, verdict }: Judged): unknown {
  const { id, version, region, name, chain } = rules.identity
  return {
    on: question.on,
    place: question.place.code,
    rules: { id, version, region, name, chain },
    person: verdict.person.map((reason) => reasonJson(reason)),
    prescription: verdict.prescription.map((reason) => reasonJson(reason)),
    items: verdict.items.map((item, index) => itemJson(item, question.items[index]))
  }
}

const itemJson = (verdict: ItemVerdict, asked: AskedItem | undefined) => ({
  line: verdict.line,
  code: asked?.code,
  name: asked?.item.name,
  cover: verdict.cover,
  sentence: sayVerdict(verdict),
  payable: verdict.payable === undefined ? null : payableJson(verdict.payable),
  account_may_pay: verdict.accountMayPay,
  traces_wanted: verdict.tracesWanted,
  funds: verdict.funds.map(({ fund, cover, reasons }) => ({ fund, cover, reasons: reasons.map(({ kind }) => kind) })),
  reasons: verdict.reasons.map((reason) => reasonJson(reason, verdict))
})

const payableJson = (payable: Payable) =>
  payable.of === 'quantity' ? { of: payable.of, quantity: formatQuantity(payable.quantity) } : { of: payable.of, amount: formatFen(payable.amount) }

const reasonJson = (reason: Reason, verdict?: ItemVerdict) => ({ kind: reason.kind, effect: reason.effect, funds: reason.funds, values: reason.values, ...sayReason(reason, verdict), mender: menderOf(reason.kind), rule: reason.rule })
