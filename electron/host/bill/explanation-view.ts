/** The calculation in sentences for whoever stands at the counter; the row of the policy behind each is an answer of its own. */

import type { ExplanationView, StepRuleView } from '../../contract/bill-view.ts'
import type { Calculation } from '../../../settlement/calculation/calculation.ts'
import type { Step } from '../../../settlement/calculation/step.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { explainLine, explainStep, ruleOf, stepText } from '../../../settlement/wire/explain.ts'
import { CERTAINTIES } from '../records/certainty-names.ts'

type StepView = ExplanationView['steps'][number]

/** Those of the lines first; a line wholly in scope needs none, and what the policy does not use changed no fen. */
export function explanationView(calculation: Calculation, policy: Pick<Policy, 'region' | 'name' | 'version'>): ExplanationView {
  const lines = calculation.lines
    .filter(({ inScope, amount }) => inScope !== amount)
    .map((line) => ({
      text: { zh: explainLine(line, 'zh-CN'), en: explainLine(line, 'en') },
      amount: formatFen(line.amount),
      line: line.lineNo
    }))
  const steps = calculation.steps.filter(({ kind }) => kind !== 'counter-unused').map(stepView)
  return { steps: [...lines, ...steps], policy: { region: policy.region, name: policy.name, version: policy.version } }
}

function stepView(step: Step): StepView {
  const rule = ruleView(step)
  const text = { zh: explainStep(step, 'zh-CN'), en: explainStep(step, 'en') }
  return { text, amount: formatFen(stepText(step).amount), ...(rule !== undefined && { rule }) }
}

const NAMES: Readonly<Record<string, StepRuleView['certainty'] | undefined>> = CERTAINTIES

function ruleView(step: Step): StepRuleView | undefined {
  const row = ruleOf(step)
  if (row === undefined) return undefined
  const { source, certainty, parameter } = row
  return { source: source === 'not stated' ? '' : source, certainty: NAMES[certainty] ?? CERTAINTIES['not stated'], parameter }
}
