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
import type { Band, ClosedFund, Parameters, Supplement } from './parameters.ts'
import type { Policy } from './policy-schema.ts'

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
    const { bands, supplements, closed: before } = resolved.value
    const closed = [...bands, ...supplements].filter((fund) => isClosed(fund, this.#closed, facts))
    return ok({
      ...resolved.value,
      bands: bands.map((band) => (closed.includes(band) ? { ...band, ratio: ratio(0) } : band)),
      supplements: supplements.filter((supplement) => !closed.includes(supplement)),
      closed: closed.reduce(withFund, before)
    })
  }
}

/** Once each: two bands may be one fund's, and a policy may be closed in two steps. */
const withFund = (closed: readonly ClosedFund[], { pays, fundPayType }: Band | Supplement): readonly ClosedFund[] =>
  closed.some((known) => known.fund === pays && known.fundPayType === fundPayType) ? closed : [...closed, { fund: pays, fundPayType }]

/** Whether closing these takes anything away: most people never had the funds that are not for them. */
export function closesAny(compiled: CompiledPolicy, closed: ReadonlySet<string>, facts: Facts): boolean {
  if (closed.size === 0) return false
  const resolved = compiled.parametersFor(facts)
  return resolved.ok && [...resolved.value.bands, ...resolved.value.supplements].some((fund) => isClosed(fund, closed, facts))
}

/** Codes of fund_pay_type that close anything under this policy, whoever the person is; any other changes nothing. */
export const fundCodes = ({ bands, supplements }: Policy, insutype: string): ReadonlySet<string> =>
  new Set([...bands, ...supplements].flatMap(({ pays, fund_pay_type }) => [fund_pay_type ?? [], fundPayTypeOf(pays, insutype)].flat()))

const isClosed = ({ fundPayType, pays }: Band | Supplement, closed: ReadonlySet<string>, { insutype }: Facts): boolean =>
  closed.has(fundPayType) || closed.has(fundPayTypeOf(pays, insutype))
