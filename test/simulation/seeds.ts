/** Seeds that are run by every `npm test`: a few short ones with many faults, twice each, and what once found something. */

/** Twice each: the event hashes must be the same. */
export const SMOKE_SEEDS: readonly number[] = [12, 26, 50, 52, 54]

/**
 * Runs that failed once, and why, in one line. What they found is mended; they stay as long as their world does: a change of the world
 * makes another of every seed, and then the test of the mend, which README.md names, holds what was found.
 */
export const OLD_FINDINGS: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 3028, found: 'a till with nothing to send asked its centre for nothing any more after one list that did not come' }
]
