/** What is found against a line while it is judged: reasons, in order of weight. */

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

export function finding({ kind, effect: ofRule, rule, funds, values, limit }: Found, weights: Weights): Finding {
  const effect = weights.weightOf(kind) ?? ofRule
  return {
    reason: { kind, effect, funds: funds ?? 'every', values: values ?? NO_VALUES, rule },
    weight: RANK_OF_EFFECT[effect] + RANK_OF_KIND[kind],
    limit: effect === 'limits' ? limit : undefined
  }
}

/**
 * Kept in order of weight; what weighs the same stays in the order in which it was added. One collection serves the lines
 * of a bill in turn: `clear` begins the next.
 */
export class Findings {
  readonly #weights: Weights
  readonly #found: Finding[] = []
  readonly #reasons: Reason[] = []
  #count = 0

  constructor(weights: Weights) {
    this.#weights = weights
  }

  get count(): number {
    return this.#count
  }

  clear(): void {
    this.#count = 0
  }

  add(found: Found): void {
    this.put(finding(found, this.#weights))
  }

  /** What is not known is said once, however many rules miss it: by the heaviest of them. */
  addOnce(found: Found): void {
    const unknown = finding(found, this.#weights)
    for (let index = 0; index < this.#count; index += 1) {
      const said = this.#reasons[index]
      if (said?.kind === unknown.reason.kind && EFFECTS.indexOf(said.effect) <= EFFECTS.indexOf(unknown.reason.effect)) return
    }
    this.put(unknown)
  }

  put(one: Finding): void {
    let place = this.#count
    for (; place > 0; place -= 1) {
      const before = this.#found[place - 1]
      if (before === undefined || before.weight <= one.weight) break
      this.#found[place] = before
      this.#reasons[place] = before.reason
    }
    this.#found[place] = one
    this.#reasons[place] = one.reason
    this.#count += 1
  }

  putAll(findings: readonly Finding[]): void {
    for (const one of findings) this.put(one)
  }

  /** By weight. */
  list(): readonly Finding[] {
    return this.#found.slice(0, this.#count)
  }

  reasons(): readonly Reason[] {
    return this.#reasons.slice(0, this.#count)
  }
}
