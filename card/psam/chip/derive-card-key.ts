/** Down to the card, as the terminal hands in the factors: nearest first (card | city | province), so applied last first. */

import type { CipherSuite } from '../../crypto/cipher-suite.ts'
import { FACTOR_LENGTH } from '../../crypto/diversify.ts'
import type { Key } from '../../secret/key.ts'

export function deriveCardKey(suite: CipherSuite, held: Key, factorsNearestFirst: Uint8Array): Key {
  let key = held
  for (let offset = factorsNearestFirst.length - FACTOR_LENGTH; offset >= 0; offset -= FACTOR_LENGTH) {
    key = suite.diversify(key, factorsNearestFirst.subarray(offset, offset + FACTOR_LENGTH))
  }
  return key
}

/** How many factors these bytes are, or undefined when they are no 0 to 3 whole ones. */
export function factorCount(length: number): number | undefined {
  const count = length / FACTOR_LENGTH
  return Number.isInteger(count) && count >= 0 && count <= 3 ? count : undefined
}
