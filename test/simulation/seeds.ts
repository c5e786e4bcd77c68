/** Seeds that are run by every `npm test`: a few for their own sake, twice each, and every one that once found something. */

/** Twice each: the event hashes must be the same. */
export const SMOKE_SEEDS: readonly number[] = [1, 4, 12, 26, 40]

/** Runs that failed once, and why, in one line. What they found is mended; they stay. */
export const OLD_FINDINGS: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 3, found: 'a status word that a bad contact had garbled released the hold of a debit that was done' }
]
