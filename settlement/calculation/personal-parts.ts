/** What is still the person's, part by part in the order of PERSONAL_PARTS, while supplements relieve it and accounts pay it. */

import { invariant } from '../../base/invariant.ts'
import { fen, least, ZERO, type Fen } from '../money/fen.ts'
import type { PersonalPart } from '../policy/policy-parts.ts'

export interface OpenPart {
  readonly part: PersonalPart
  amount: Fen
  /** Paid of it by the own account, by the donors. */
  own: Fen
  mutualAid: Fen
}

/** Only what is not zero; called in the order of PERSONAL_PARTS. */
export function open(parts: OpenPart[], part: PersonalPart, amount: Fen): void {
  if (amount !== 0) parts.push({ part, amount, own: ZERO, mutualAid: ZERO })
}

export function sumOf(parts: readonly OpenPart[], of: readonly PersonalPart[]): Fen {
  let total = 0
  for (const { part, amount } of parts) if (of.includes(part)) total += amount
  return fen(total)
}

/** Takes `amount` off the listed parts, from the last to the first: what lies above a threshold is the last to arise. */
export function relieve(parts: readonly OpenPart[], of: readonly PersonalPart[], amount: Fen): void {
  let left = amount
  for (let index = parts.length - 1; index >= 0 && left > 0; index -= 1) {
    const last = parts[index]
    if (last === undefined || !of.includes(last.part)) continue
    const taken = least(last.amount, left)
    last.amount = fen(last.amount - taken)
    left = fen(left - taken)
  }
  invariant(left === ZERO, 'a supplement pays more than its base')
}
