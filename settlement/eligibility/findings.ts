/** What is found against a line while it is judged: reasons, with the weight by which they are ordered. */

import type { Fen } from '../money/fen.ts'
import { REASON_KINDS, type Effect, type Reason, type ReasonKind, type RuleSource } from './reason.ts'
import type { FundKind, Payable } from './verdict.ts'

/** Heaviest first: who reads one sentence reads the one that explains the light. */
export const EFFECTS: readonly Effect[] = ['forbids', 'cash-only', 'own-money', 'limits', 'asks', 'note']

const RANK_OF_KIND = Object.fromEntries(REASON_KINDS.map((kind, index) => [kind, index])) as Readonly<Record<ReasonKind, number>>
const RANK_OF_EFFECT = Object.fromEntries(EFFECTS.map((effect, index) => [effect, index * REASON_KINDS.length])) as Readonly<Record<Effect, number>>

export interface Limit {
  readonly payable: Payable
  /** What that is of the line's amount, so that two limits can be compared. */
  readonly amount: Fen
}

export interface Finding {
  readonly reason: Reason
  readonly weight: number
  /** Of a reason that limits. */
  readonly limit: Limit | undefined
}

export interface Found {
  readonly kind: ReasonKind
  readonly effect: Effect
  readonly rule: RuleSource
  /** Left out: every fund. */
  readonly funds?: readonly FundKind[] | undefined
  readonly values?: Readonly<Record<string, string>>
  readonly limit?: Limit | undefined
}

const NO_VALUES: Readonly<Record<string, string>> = {}

/** The weight that a place gives to a reason; undefined: that of its rule. */
export interface Weights {
  weightOf(kind: ReasonKind): Effect | undefined
}

export function finding(found: Found, weights: Weights): Finding {
  const { kind, rule } = found
  const effect = weights.weightOf(kind) ?? found.effect
  const reason = { kind, effect, funds: found.funds ?? 'every', values: found.values ?? NO_VALUES, rule } as const
  return { reason, weight: RANK_OF_EFFECT[effect] + RANK_OF_KIND[kind], limit: effect === 'limits' ? found.limit : undefined }
}

/** Puts them in order of weight, in place; what weighs the same stays in the order of the rules. Lists are short. */
export function byWeight(findings: Finding[]): readonly Finding[] {
  for (let index = 1; index < findings.length; index += 1) {
    const moved = findings[index]
    if (moved === undefined) break
    let place = index
    for (; place > 0; place -= 1) {
      const before = findings[place - 1]
      if (before === undefined || before.weight <= moved.weight) break
      findings[place] = before
    }
    findings[place] = moved
  }
  return findings
}
