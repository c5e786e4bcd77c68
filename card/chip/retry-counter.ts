/**
 * A comparison that costs a try. The counter falls in lasting memory before the comparison, so that pulling the card at the
 * moment of the answer never saves a try. The price: power lost between the two units of a right comparison costs one.
 *
 *   unit 1   counter - 1
 *   compare
 *   unit 2   counter := max, and what the success brings with it
 */

import { invariant } from '../../base/invariant.ts'
import type { Nonvolatile } from './nonvolatile.ts'

export interface RetryCounter {
  /** Address of one byte. */
  readonly leftAt: number
  /** 1..15: 63Cx has one digit for it. */
  readonly max: number
}

export type Attempt = { readonly right: true } | { readonly right: false; readonly triesLeft: number }

/** `onRight` writes into the unit that restores the counter. The caller has refused a counter at zero. */
export function attempt(
  memory: Nonvolatile,
  { leftAt, max }: RetryCounter,
  compare: () => boolean,
  onRight: () => void = () => undefined
): Attempt {
  const triesLeft = memory.byte(leftAt) - 1
  invariant(triesLeft >= 0, 'no try is left to spend')
  memory.unit(() => memory.write(leftAt, Uint8Array.of(triesLeft)))
  if (!compare()) return { right: false, triesLeft }
  memory.unit(() => {
    memory.write(leftAt, Uint8Array.of(max))
    onRight()
  })
  return { right: true }
}
