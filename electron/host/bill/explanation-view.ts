import type { ExplanationView } from '../../contract/bill-view.ts'
import type { Calculation } from '../../../settlement/calculation/calculation.ts'
import { formatFen } from '../../../settlement/money/fen.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { explainLine, stepText } from '../../../settlement/wire/explain.ts'

/** The calculation's own sentences, those of the lines first; a line wholly in scope needs none. */
export function explanationView(calculation: Calculation, policy: Policy): ExplanationView {
  const lines = calculation.lines
    .filter(({ inScope, amount }) => inScope !== amount)
    .map((line) => ({
      text: { zh: explainLine(line, 'zh-CN'), en: explainLine(line, 'en') },
      amount: formatFen(line.amount),
      line: line.lineNo
    }))
  const steps = calculation.steps.map(stepText).map(({ zh, en, amount }) => ({ text: { zh, en }, amount: formatFen(amount) }))
  return { steps: [...lines, ...steps], policy: { region: policy.region, name: policy.name, version: policy.version } }
}
