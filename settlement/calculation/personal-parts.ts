import { invariant } from '../../base/invariant.ts'
import { fen, least, ZERO, type Fen } from '../money/fen.ts'
import type { PersonalPart } from '../policy/policy-parts.ts'

/** What is still the person's, part by part, while supplements relieve it. */
export type PersonalParts = Record<PersonalPart, Fen>

export const sumOf = (parts: PersonalParts, of: readonly PersonalPart[]): Fen =>
  fen(of.reduce((total, part) => total + parts[part], 0))

/** Takes `amount` off the listed parts, from the last to the first: what lies above a threshold is the last to arise. */
export function relieve(parts: PersonalParts, of: readonly PersonalPart[], amount: Fen): void {
  let left = amount
  for (const part of of.toReversed()) {
    const taken = least(parts[part], left)
    parts[part] = fen(parts[part] - taken)
    left = fen(left - taken)
  }
  invariant(left === ZERO, `a supplement pays ${left} fen more than its base`)
}
