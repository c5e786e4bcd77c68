/**
 * How often a host that dies is started again. The first time at once, since a patient is waiting; then with growing pauses;
 * and not for ever, since a host that dies six times in a row has a reason that no seventh start removes.
 *
 *   dies   dies     dies      dies        dies        dies
 *   |  0   |  200   |   500   |   1000    |   2000    |   failed
 */

export const RESTART_DELAYS_MS = [0, 200, 500, 1000, 2000] as const

/** A host that was there for so long did work: what ends it is a new mishap, not the old one. */
export const STEADY_MS = 10_000

export type Restart = { readonly kind: 'again'; readonly attempt: number; readonly delayMs: number } | { readonly kind: 'give-up' }

/** `quickFailures` ends in a row, the present one included, that came before the host was steady. */
export function restartAfter(quickFailures: number): Restart {
  const delayMs = RESTART_DELAYS_MS[quickFailures - 1]
  return delayMs === undefined ? { kind: 'give-up' } : { kind: 'again', attempt: quickFailures, delayMs }
}
