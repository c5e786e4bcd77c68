/** What is wrong with documents that are fine by themselves: overlapping versions, bases that are missing or run out, circles, groups nobody defines. */

import { dayAfter, type BusinessDate, date } from '../calendar/business-date.ts'
import type { InputProblem } from '../wire/input-problem.ts'
import { followBases, periodOf } from './choose-rules.ts'
import { compileRules } from './compile-rules.ts'
import type { RuleDocument } from './rules-schema.ts'

export interface DocumentProblem extends InputProblem {
  /** Of the document in which it is to be mended. */
  readonly id: string
  readonly version: string
}

export function checkTogether(documents: readonly RuleDocument[]): DocumentProblem[] {
  return documents.flatMap((document, index) =>
    [...overlaps(document, documents.slice(0, index)), ...baseProblems(document, documents)].map((problem) => ({
      id: document.id,
      version: document.version,
      ...problem
    }))
  )
}

function overlaps(document: RuleDocument, earlier: readonly RuleDocument[]): InputProblem[] {
  const { from, to } = document.effective
  return earlier
    .filter(({ id, effective }) => id === document.id && from <= (effective.to ?? LAST) && effective.from <= (to ?? LAST))
    .map((other) => ({ path: 'effective', value: periodOf(document), rule: `must not overlap version ${other.version}, ${periodOf(other)}` }))
}

const LAST = '9999-12-31'

/** Asked on each day on which another version of a base, at whatever depth, begins or has ended. */
function baseProblems(document: RuleDocument, documents: readonly RuleDocument[]): InputProblem[] {
  if (document.based_on === null) {
    const compiled = compileRules([document])
    return compiled.ok ? [] : compiled.error
  }
  const { from, to } = document.effective
  const changes = documents
    .flatMap(({ effective }) => [effective.from, ...(effective.to === null || effective.to === LAST ? [] : [dayAfter(date(effective.to))])])
    .filter((day) => day > from && day <= (to ?? LAST))
  const days = [...new Set([from, ...changes])].toSorted().map((day) => date(day))
  for (const day of days) {
    const problems = problemsOn(document, documents, day)
    if (problems.length > 0) return problems
  }
  return []
}

function problemsOn(document: RuleDocument, documents: readonly RuleDocument[], day: BusinessDate): InputProblem[] {
  const chain = followBases(documents, document, day)
  if (chain.ok) {
    const compiled = compileRules(chain.value)
    return compiled.ok ? [] : compiled.error
  }
  const refusal = chain.error
  switch (refusal.kind) {
    case 'base-unknown':
      return [{ path: 'based_on', value: refusal.base, rule: `must name a document that is there: ${idsOf(documents, document)}` }]
    case 'base-not-in-force':
      return [{ path: 'based_on', value: refusal.base, rule: `must name a document that covers ${day}: ${documents.filter(({ id }) => id === refusal.base).map(periodOf).join('; ')}` }]
    case 'circle':
      return [{ path: 'based_on', value: document.based_on, rule: `must not form a circle: ${refusal.documents.join(' -> ')}` }]
    default:
      // Versions of a base that overlap: said of them.
      return []
  }
}

const idsOf = (documents: readonly RuleDocument[], document: RuleDocument): string =>
  [...new Set(documents.map(({ id }) => id))].filter((id) => id !== document.id).toSorted().join(', ') || 'there is none'
