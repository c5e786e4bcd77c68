/** Steps and lines as sentences, made only when somebody reads them. The numbers are the calculation's own, never computed anew. */

import type { CalculatedLine, Calculation } from '../calculation/calculation.ts'
import type { Step } from '../calculation/step.ts'
import { never } from '../../base/invariant.ts'
import { ZERO, type Fen } from '../money/fen.ts'
import type { RowReference } from '../policy/parameters.ts'
import { englishTexts } from './explain-en.ts'
import { chineseTexts } from './explain-zh.ts'

export type Language = 'zh-CN' | 'en'

export interface StepText {
  /** Code of the national policy items where one fits (H T581), else the kind of the step. */
  readonly code: string
  readonly zh: string
  readonly en: string
  /** What the step gave. */
  readonly amount: Fen
}

/** One sentence a line that is not simply in scope, then one a step, in the order of the computation. */
export function explainSteps(calculation: Calculation, language: Language): string[] {
  const texts = textsOf(language)
  const lines = calculation.lines.filter((line) => line.inScope !== line.amount).map((line) => texts.line(line))
  return [...lines, ...calculation.steps.map((step) => texts.step(step))]
}

/** As it is told to whoever pays: the row that a step rests on is an answer of its own. */
export const explainStep = (step: Step, language: Language): string => textsOf(language).sentence(step).trimEnd()

export const ruleOf = (step: Step): RowReference | undefined => ('row' in step ? step.row : undefined)

export const explainLine = (line: CalculatedLine, language: Language): string => textsOf(language).line(line)

export const stepText = (step: Step): StepText => ({
  code: codeOf(step),
  zh: chineseTexts.step(step),
  en: englishTexts.step(step),
  amount: amountOf(step)
})

const textsOf = (language: Language) => (language === 'en' ? englishTexts : chineseTexts)

function codeOf(step: Step): string {
  switch (step.kind) {
    case 'account-first':
      return 'TA01'
    case 'deductible':
      return 'S001'
    case 'band':
    case 'supplement':
      return step.code
    case 'in-scope':
    case 'off-site':
    case 'pharmacy-ratio':
    case 'fund-not-enjoyed':
    case 'fund-closed':
    case 'not-entitled':
    case 'no-prescription':
    case 'personal':
    case 'account':
    case 'cash':
    case 'counter-unused':
    case 'reversal':
      return step.kind
    default:
      return never(step)
  }
}

function amountOf(step: Step): Fen {
  switch (step.kind) {
    case 'in-scope':
    case 'fund-closed':
    case 'not-entitled':
    case 'no-prescription':
      return step.inScope
    case 'pharmacy-ratio':
    case 'fund-not-enjoyed':
      return ZERO
    case 'off-site':
    case 'account-first':
    case 'deductible':
    case 'band':
    case 'supplement':
    case 'account':
      return step.paid
    case 'personal':
      return step.personal
    case 'cash':
      return step.cash
    case 'counter-unused':
      return step.amount
    case 'reversal':
      return step.total
    default:
      return never(step)
  }
}
