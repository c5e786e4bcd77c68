/**
 * Rounding is a named argument, never a habit. All modes are symmetric about zero, so that a returned item is the exact
 * negative of its sale.
 */

import { invariant } from '../../base/invariant.ts'

export const ROUNDINGS = ['half-up', 'half-even', 'down'] as const
export type Rounding = (typeof ROUNDINGS)[number]

/** `numerator / denominator` to a whole number; exact for every safe numerator and positive denominator. */
export function roundQuotient(numerator: number, denominator: number, rounding: Rounding): number {
  const magnitude = Math.abs(numerator)
  if (!(magnitude <= Number.MAX_SAFE_INTEGER)) invariant(false, `${numerator} is too large to be divided exactly`)
  let whole = Math.floor(magnitude / denominator)
  let rest = magnitude - whole * denominator
  // The division itself is a double: next to a multiple it may land one too high. The rest is exact and says so.
  if (rest < 0) {
    whole -= 1
    rest += denominator
  }
  const rounded = roundsAway(rest * 2 - denominator, whole % 2 === 1, rounding) ? whole + 1 : whole
  return numerator < 0 ? -rounded : rounded
}

/** The same where numerator or denominator lie beyond 2^53; the quotient must not. */
export function roundBigQuotient(numerator: bigint, denominator: bigint, rounding: Rounding): number {
  const magnitude = numerator < 0n ? -numerator : numerator
  const whole = magnitude / denominator
  const beyondHalf = (magnitude % denominator) * 2n - denominator
  const sign = beyondHalf < 0n ? -1 : beyondHalf > 0n ? 1 : 0
  const rounded = roundsAway(sign, whole % 2n === 1n, rounding) ? whole + 1n : whole
  const quotient = Number.parseInt(rounded.toString(), 10)
  if (!Number.isSafeInteger(quotient)) invariant(false, `${rounded} is too large for an amount`)
  return numerator < 0n ? -quotient : quotient
}

/** `beyondHalf`: below, at or above zero as the rest lies below, at or above the half. */
function roundsAway(beyondHalf: number, odd: boolean, rounding: Rounding): boolean {
  if (rounding === 'half-up') return beyondHalf >= 0
  if (rounding === 'half-even') return beyondHalf > 0 || (beyondHalf === 0 && odd)
  return false
}
