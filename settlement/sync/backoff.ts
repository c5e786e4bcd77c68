/**
 * How long to wait after a try that came to nothing: one second doubling to a minute, each with up to half of it taken off
 * by chance, so that terminals that lost the same centre do not come back in step. After a bounded number of tries in a row
 * the link rests, and begins to count anew: a till that is offline for a night comes back by itself.
 */

import type { SyncEntropy } from './ports.ts'

export const FIRST_WAIT_MS = 1_000
export const WAIT_MAX_MS = 60_000
/** Tries in a row before a rest. */
export const TRIES_MAX = 12
export const REST_MS = 10 * 60_000
/** What a centre may ask for; it cannot send a terminal away for a day by mistake. */
export const RETRY_AFTER_MAX_MS = 10 * 60_000

/** `failures`: in a row, from 1. */
export function waitMs(failures: number, entropy: SyncEntropy, retryAfterMs = 0): number {
  if (failures % TRIES_MAX === 0) return REST_MS
  const doublings = (failures - 1) % TRIES_MAX
  const whole = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** doublings)
  const [chance = 0] = entropy.bytes(1)
  const backoff = whole - Math.floor((whole / 2) * (chance / 256))
  return Math.max(backoff, Math.min(retryAfterMs, RETRY_AFTER_MAX_MS))
}
