/** What is found against a line while it is judged: reasons, with the weight by which they are ordered. */

import type { Fen } from '../money/fen.ts'
import { REASON_KINDS, type Effect, type Reason, type ReasonKind, type RuleSource } from './reason.ts'
import type { FundKind, Payable } from './verdict.ts'

/** Heaviest first: who reads one sentence reads the one that explains the light. */
export const EFFECTS: readonly Effect[] = ['forbids', 'cash-only', 'own-money', 'limits', 'asks', 'note']

const EFFECT_RANK = new Map(EFFECTS.map((effect, index) => [effect, index * REASON_KINDS.length]))
const KIND_RANK = new Map(REASON_KINDS.map((kind, index) => [kind, index]))

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

/** `weightOf`: the weight a place gives to a reason. */
export function finding(found: Found, weightOf: (kind: ReasonKind) => Effect | undefined): Finding {
  const effect = weightOf(found.kind) ?? found.effect
  const reason = { kind: found.kind, effect, funds: found.funds ?? 'every', values: found.values ?? NO_VALUES, rule: found.rule } as const
  const weight = (EFFECT_RANK.get(effect) ?? 0) + (KIND_RANK.get(found.kind) ?? 0)
  return { reason, weight, limit: effect === 'limits' ? found.limit : undefined }
}

/** By weight; what weighs the same stays in the order of the rules. Lists are short. */
export const byWeight = (findings: readonly Finding[]): readonly Finding[] =>
  findings.length < 2 ? findings : findings.toSorted((left, right) => left.weight - right.weight)
