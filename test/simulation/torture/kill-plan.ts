/**
 * When a process is to die. Most die at a moment: any millisecond within some operation, or within the start itself. The
 * others die at a named point of the code, where a moment would rarely fall: between the debit and the posting, before the
 * n-th write into a chip, at a statement of the centre's transaction.
 */

import { INTAKE_STEPS } from '../../../settlement/centre/intake/steps.ts'
import type { Dice } from './dice.ts'

export type KillPlan =
  | { readonly kind: 'starting'; readonly permille: number }
  /** Within the n-th operation from the start, counted from 1. */
  | { readonly kind: 'operation'; readonly nth: number; readonly permille: number }
  | { readonly kind: 'point'; readonly at: string }

const HOST_POINTS = [
  'pin-verified', 'recovered', 'calculated', 'initialised', 'held', 'debited', 'posted',
  'load-initialised', 'load-signed', 'load-held', 'load-credited', 'load-posted',
  'sync-made', 'sync-sent', 'sync-answered', 'sync-applied'
]
const CHIP_POINTS = ['card-write', 'psam-write']
/** Writes into a chip until it is left alone: some ten a purchase. */
const WRITES_MAX = 40
/** The operation takes up to a tenth longer than its mean, so that its very end is hit as well. */
const PERMILLE_MAX = 1100
const OPERATIONS_MAX = { host: 24, centre: 30 } as const

export function hostPlan(dice: Dice): KillPlan {
  const kind = dice.below(100)
  if (kind < 10) return { kind: 'starting', permille: dice.below(PERMILLE_MAX) }
  if (kind < 25) return { kind: 'point', at: dice.pick(HOST_POINTS) }
  if (kind < 35) return { kind: 'point', at: `${dice.pick(CHIP_POINTS)}#${dice.below(WRITES_MAX) + 1}` }
  return { kind: 'operation', nth: dice.below(OPERATIONS_MAX.host) + 1, permille: dice.below(PERMILLE_MAX) }
}

export function centrePlan(dice: Dice): KillPlan {
  const kind = dice.below(100)
  if (kind < 10) return { kind: 'starting', permille: dice.below(PERMILLE_MAX) }
  if (kind < 40) return { kind: 'point', at: `${dice.pick(INTAKE_STEPS)}#${dice.below(8) + 1}` }
  return { kind: 'operation', nth: dice.below(OPERATIONS_MAX.centre) + 1, permille: dice.below(PERMILLE_MAX) }
}
