/**
 * A policy with some of its funds closed to a person, as an entitlement of record says: such a fund pays nothing, its expense
 * stays in its band, and no other fund pays in its place.
 */

import { ok, type Result } from '../../base/result.ts'
import type { CalculationRefusal } from '../calculation/refusal.ts'
import { ratio } from '../money/ratio.ts'
import { CompiledPolicy } from './compile-policy.ts'
import type { Facts } from './facts.ts'
import { fundPayTypeOf } from './fund-pay-type.ts'
import type { Band, Parameters, Supplement } from './parameters.ts'

/** `closed`: codes of fund_pay_type; the usual code of a fund closes it under whatever code the policy gives it. */
export const closeFunds = (compiled: CompiledPolicy, closed: ReadonlySet<string>): CompiledPolicy => new PartlyClosed(compiled, closed)

class PartlyClosed extends CompiledPolicy {
  readonly #open: CompiledPolicy
  readonly #closed: ReadonlySet<string>

  constructor(open: CompiledPolicy, closed: ReadonlySet<string>) {
    super(open.policy)
    this.#open = open
    this.#closed = closed
  }

  override parametersFor(facts: Facts): Result<Parameters, CalculationRefusal> {
    const resolved = this.#open.parametersFor(facts)
    if (!resolved.ok) return resolved
    return ok({
      ...resolved.value,
      bands: resolved.value.bands.map((band) => (isClosed(band, this.#closed, facts) ? { ...band, ratio: ratio(0) } : band)),
      supplements: resolved.value.supplements.filter((supplement) => !isClosed(supplement, this.#closed, facts))
    })
  }
}

/** Whether closing these takes anything away: most people never had the funds that are not for them. */
export function closesAny(compiled: CompiledPolicy, closed: ReadonlySet<string>, facts: Facts): boolean {
  if (closed.size === 0) return false
  const resolved = compiled.parametersFor(facts)
  return resolved.ok && [...resolved.value.bands, ...resolved.value.supplements].some((fund) => isClosed(fund, closed, facts))
}

const isClosed = ({ fundPayType, pays }: Band | Supplement, closed: ReadonlySet<string>, { insutype }: Facts): boolean =>
  closed.has(fundPayType) || closed.has(fundPayTypeOf(pays, insutype))
