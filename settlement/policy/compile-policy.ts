/**
 * A policy made ready to calculate with. The rows that hold for a set of facts are picked once and kept, because a counter
 * sees the same few kinds of people all day; the cache is bounded and its loss costs microseconds.
 */

import { ok, type Result } from '../../base/result.ts'
import type { CalculationRefusal } from '../calculation/refusal.ts'
import type { Facts } from './facts.ts'
import type { Parameters } from './parameters.ts'
import { countersOf } from './policy-counters.ts'
import { OFF_SITE_FILINGS, type PharmacyRatio } from './policy-parts.ts'
import type { Policy } from './policy-schema.ts'
import { resolveParameters } from './resolve-parameters.ts'

const CACHED_MAX = 1024

export class CompiledPolicy {
  readonly policy: Policy
  /** Names of the year's counters that the policy uses. */
  readonly counters: ReadonlySet<string>
  /** Whose rows a pharmacy's sale sees. */
  readonly pharmacyRatio: PharmacyRatio
  /** At a pharmacy no fund pays without a prescription. */
  readonly poolingNeedsPrescription: boolean
  readonly #cache = new Map<string, Parameters>()
  #withoutFunds: CompiledPolicy | undefined

  constructor(policy: Policy) {
    this.policy = policy
    this.counters = countersOf(policy)
    this.pharmacyRatio = policy.pharmacy_ratio ?? policy.pharmacy_follows
    this.poolingNeedsPrescription = policy.pooling_needs_prescription ?? this.pharmacyRatio === 'prescriber'
  }

  /** The same place with every fund closed: who gets nothing from them need not state what only they would ask. */
  get withoutFunds(): CompiledPolicy {
    this.#withoutFunds ??= new CompiledPolicy({ ...this.policy, deductible: undefined, bands: [], supplements: [], off_site: EVERYWHERE_ALIKE })
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

/** Where no fund pays, care elsewhere takes nothing from it. */
const EVERYWHERE_ALIKE: Policy['off_site'] = [
  { filing: [...OFF_SITE_FILINGS], source: 'no fund pays', certainty: 'not stated' }
]

export const compilePolicy = (policy: Policy): CompiledPolicy => new CompiledPolicy(policy)
