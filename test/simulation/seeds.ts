/** Seeds that are run by every `npm test`: a few for their own sake, twice each, and every one that once found something. */

/** Twice each: the event hashes must be the same. */
export const SMOKE_SEEDS: readonly number[] = [1, 2, 3, 4]

/** Runs that failed once, and why, in one line. What they found is mended; they stay. */
export const OLD_FINDINGS: readonly { readonly seed: number; readonly found: string }[] = []
