/** Drugs of the same substance that are better covered for this person, here and today. */

import { priceTimesQuantity } from '../money/price.ts'
import type { CompiledRules } from '../rules/compiled-rules.ts'
import { judge } from './judge.ts'
import type { AskedItem, Question } from './question.ts'
import { COVERS, type ItemVerdict } from './verdict.ts'

export interface Substitute {
  readonly item: AskedItem
  readonly verdict: ItemVerdict
}

/**
 * Each candidate stands in the place of the line, so that what the rest of the bill has to do with it is judged too. Best
 * cover first, then the cheaper, then by code. A candidate that is no better covered than the line is left out.
 */
export function substitutes(rules: CompiledRules, question: Question, line: string, candidates: readonly AskedItem[]): readonly Substitute[] {
  const now = judge(rules, question).items.find((verdict) => verdict.line === line)
  const asked = question.items.find((item) => item.line === line)
  if (now === undefined || asked === undefined) return []
  return candidates
    .filter(({ item, code }) => code !== asked.code && item.generic !== undefined && item.generic === asked.item.generic)
    .flatMap((candidate): Substitute[] => {
      const inPlace = { ...candidate, line }
      const items = question.items.map((item) => (item.line === line ? inPlace : item))
      const verdict = judge(rules, { ...question, items }).items.find((judged) => judged.line === line)
      return verdict !== undefined && rank(verdict) < rank(now) ? [{ item: inPlace, verdict }] : []
    })
    .toSorted(
      (left, right) =>
        rank(left.verdict) - rank(right.verdict) ||
        priceTimesQuantity(left.item.price, left.item.quantity) - priceTimesQuantity(right.item.price, right.item.quantity) ||
        (left.item.code < right.item.code ? -1 : 1)
    )
}

const rank = ({ cover }: ItemVerdict): number => COVERS.indexOf(cover)
