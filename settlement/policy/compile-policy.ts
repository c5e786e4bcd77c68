/**
 * A policy made ready to calculate with. The rows that hold for a set of facts are picked once and kept, because a counter
 * sees the same few kinds of people all day; the cache is bounded and its loss costs microseconds.
 */

import { ok, type Result } from '../../base/result.ts'
import type { CalculationRefusal } from '../calculation/refusal.ts'
import type { Facts } from './facts.ts'
import type { Parameters } from './parameters.ts'
import { countersOf } from './policy-counters.ts'
import type { Policy } from './policy-schema.ts'
import { resolveParameters } from './resolve-parameters.ts'

const CACHED_MAX = 1024

export class CompiledPolicy {
  readonly policy: Policy
  /** Names of the year's counters that the policy uses. */
  readonly counters: ReadonlySet<string>
  readonly #cache = new Map<string, Parameters>()
  #withoutFunds: CompiledPolicy | undefined

  constructor(policy: Policy) {
    this.policy = policy
    this.counters = countersOf(policy)
  }

  /** The same place with every fund closed: who gets nothing from them need not state what only they would ask. */
  get withoutFunds(): CompiledPolicy {
    this.#withoutFunds ??= new CompiledPolicy({ ...this.policy, deductible: undefined, bands: [], supplements: [] })
    return this.#withoutFunds
  }

  /** What the policy says about these facts, or the parameter that has no row for them. */
  parametersFor(facts: Facts): Result<Parameters, CalculationRefusal> {
    const known = this.#cache.get(facts.key)
    if (known !== undefined) return ok(known)
    const resolved = resolveParameters(this.policy, facts)
    if (!resolved.ok) return resolved
    if (this.#cache.size >= CACHED_MAX) this.#cache.clear()
    this.#cache.set(facts.key, resolved.value)
    return resolved
  }
}

export const compilePolicy = (policy: Policy): CompiledPolicy => new CompiledPolicy(policy)
