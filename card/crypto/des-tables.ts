/**
 * The tables of FIPS 46-3, written as the standard prints them (bit 1 is the leftmost), and the lookup tables worked out
 * from them once at load. Lookups replace every bit permutation of the cipher but the first and the last.
 *
 * Halves are kept rotated left by one. Then the six-bit inputs of S2 S4 S6 S8 lie in the low six bits of the four bytes of
 * a half, and those of S1 S3 S5 S7 in the same places of the half rotated right by four: expansion E costs nothing.
 */

import { invariant } from '../../base/invariant.ts'

const S_BOXES: readonly (readonly number[])[] = [
  [
    14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7, 0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8, 4, 1, 14,
    8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0, 15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13
  ],
  [
    15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10, 3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5, 0, 14, 7,
    11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15, 13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9
  ],
  [
    10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8, 13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1, 13, 6, 4,
    9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7, 1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12
  ],
  [
    7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15, 13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9, 10, 6, 9,
    0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4, 3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14
  ],
  [
    2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9, 14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6, 4, 2, 1,
    11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14, 11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3
  ],
  [
    12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11, 10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8, 9, 14, 15,
    5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6, 4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13
  ],
  [
    4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1, 13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6, 1, 4, 11,
    13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2, 6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12
  ],
  [
    13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7, 1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2, 7, 11, 4,
    1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8, 2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11
  ]
]

const P = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25
]

const PC1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55, 47,
  39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4
]

const PC2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30, 40,
  51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32
]

/** By how much C and D turn left before each round. */
export const KEY_ROTATIONS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1] as const

const entry = (table: readonly number[], index: number): number => {
  const value = table[index]
  invariant(value !== undefined, `no entry ${index} in a table of ${table.length}`)
  return value
}

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/** S box and permutation P together, for each six-bit input; rotated as halves are. A table a box: one index less a look. */
const substitution = (box: number): Int32Array =>
  Int32Array.from({ length: 64 }, (_, input) => {
    const row = ((input >> 4) & 2) | (input & 1)
    const output = entry(S_BOXES[box - 1] ?? [], 16 * row + ((input >> 1) & 15))
    let permuted = 0
    P.forEach((from, to) => {
      const bit = from - 1 - 4 * (box - 1)
      if (bit >= 0 && bit < 4 && (output >> (3 - bit)) & 1) permuted |= 1 << (31 - to)
    })
    return rotateLeft(permuted, 1)
  })

export const SUBSTITUTIONS = [1, 2, 3, 4, 5, 6, 7, 8].map(substitution)

/** Where each bit (1 is leftmost) of the input goes; not every bit goes anywhere, and none to two places. */
const placesOf = (permutation: readonly number[]): ReadonlyMap<number, number> => new Map(permutation.map((from, to) => [from, to]))

/**
 * One of the two halves PC1 makes: `table[128 * byte + (keyByte >> 1)]` for each of the 8 key bytes, to be ORed together.
 * The parity bit, the lowest, is in no table: DES ignores it.
 */
function permutedChoice1(half: 'C' | 'D'): Int32Array {
  const places = placesOf(half === 'C' ? PC1.slice(0, 28) : PC1.slice(28))
  return Int32Array.from({ length: 8 * 128 }, (_, index) => {
    let word = 0
    for (let bit = 0; bit < 7; bit++) {
      if (((index >> (6 - bit)) & 1) === 0) continue
      const to = places.get(8 * (index >> 7) + bit + 1)
      if (to !== undefined) word |= 1 << (27 - to)
    }
    return word
  })
}

export const PC1_C = permutedChoice1('C')
export const PC1_D = permutedChoice1('D')

/**
 * PC2 over C then D in chunks of 7 bits: `table[128 * chunk + bits]`, chunks 0..3 from C and 4..7 from D. A subkey is two
 * words laid out as the rounds read halves: `even` for S1 S3 S5 S7, `odd` for S2 S4 S6 S8.
 */
function permutedChoice2(word: 'even' | 'odd'): Int32Array {
  const wanted = word === 'even' ? 0 : 1
  const places = placesOf(PC2)
  return Int32Array.from({ length: 8 * 128 }, (_, index) => {
    let bits = 0
    for (let bit = 0; bit < 7; bit++) {
      if (((index >> (6 - bit)) & 1) === 0) continue
      const to = places.get(7 * (index >> 7) + bit + 1)
      if (to === undefined) continue
      const box = Math.floor(to / 6)
      if (box % 2 === wanted) bits |= 1 << (24 - 8 * (box >> 1) + 5 - (to % 6))
    }
    return bits
  })
}

export const PC2_EVEN = permutedChoice2('even')
export const PC2_ODD = permutedChoice2('odd')
