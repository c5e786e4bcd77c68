/**
 * Single DES (FIPS 46-3) in plain arithmetic, so that it runs alike in Node, in Electron and in a browser. node:crypto has
 * no single DES without OpenSSL's legacy provider, and setting up a cipher there costs more than a hundred of our blocks.
 *
 * A block under work is a DesState: its two halves after the initial permutation. DES applied to DES needs no permutation
 * in between, and the permutation distributes over XOR, so that triple DES and CBC chains run on the state alone:
 *
 *   block -> absorb -> rounds(KL encrypt) -> rounds(KR decrypt) -> rounds(KL encrypt) -> emit -> block
 */

import { invariant } from '../../base/invariant.ts'
import { KEY_ROTATIONS, PC1_C, PC1_D, PC2_EVEN, PC2_ODD, SUBSTITUTIONS } from './des-tables.ts'

export const DES_BLOCK_LENGTH = 8

const [SP1, SP2, SP3, SP4, SP5, SP6, SP7, SP8] = SUBSTITUTIONS as readonly Int32Array[]

/**
 * Sixteen pairs of subkey words in the order of use; as secret as the key. Plain arrays, because the words fit small
 * integers and a typed array of this size costs more to allocate than the whole schedule to compute.
 */
export interface DesSchedule {
  readonly encrypt: Subkeys
  readonly decrypt: Subkeys
}

export type Subkeys = number[]

/** L and R of a block between the initial and the final permutation, each rotated left by one. */
export type DesState = Int32Array

export const newDesState = (): DesState => new Int32Array(2)

const rotate28 = (word: number, by: number): number => ((word << by) | (word >>> (28 - by))) & 0x0fff_ffff

const NO_SUBKEYS: readonly number[] = Array.from({ length: 32 }, () => 0)

export function scheduleDes(key8: Uint8Array): DesSchedule {
  invariant(key8.length === 8, 'a DES key has 8 bytes')
  let c = 0
  let d = 0
  for (let i = 0; i < 8; i++) {
    const bits = 128 * i + ((key8[i] as number) >> 1)
    c |= PC1_C[bits] as number
    d |= PC1_D[bits] as number
  }
  const encrypt: Subkeys = Array.from(NO_SUBKEYS)
  const decrypt: Subkeys = Array.from(NO_SUBKEYS)
  for (let round = 0; round < 16; round++) {
    const by = KEY_ROTATIONS[round] as number
    c = rotate28(c, by)
    d = rotate28(d, by)
    const even = choose(PC2_EVEN, c, d)
    const odd = choose(PC2_ODD, c, d)
    encrypt[2 * round] = even
    encrypt[2 * round + 1] = odd
    decrypt[30 - 2 * round] = even
    decrypt[31 - 2 * round] = odd
  }
  return { encrypt, decrypt }
}

function choose(table: Int32Array, c: number, d: number): number {
  return (
    (table[c >>> 21] as number) |
    (table[128 + ((c >>> 14) & 127)] as number) |
    (table[256 + ((c >>> 7) & 127)] as number) |
    (table[384 + (c & 127)] as number) |
    (table[512 + (d >>> 21)] as number) |
    (table[640 + ((d >>> 14) & 127)] as number) |
    (table[768 + ((d >>> 7) & 127)] as number) |
    (table[896 + (d & 127)] as number)
  )
}

/**
 * XORs 8 bytes, initially permuted, into the state. The permutation is a transposition of the 8x8 bit matrix, done by
 * exchanging ever smaller squares of bits between the two words.
 */
export function absorbBlock(state: DesState, input: Uint8Array, offset: number): void {
  let left = wordAt(input, offset)
  let right = wordAt(input, offset + 4)
  let exchange = ((left >>> 4) ^ right) & 0x0f0f_0f0f
  right ^= exchange
  left ^= exchange << 4
  exchange = ((left >>> 16) ^ right) & 0x0000_ffff
  right ^= exchange
  left ^= exchange << 16
  exchange = ((right >>> 2) ^ left) & 0x3333_3333
  left ^= exchange
  right ^= exchange << 2
  exchange = ((right >>> 8) ^ left) & 0x00ff_00ff
  left ^= exchange
  right ^= exchange << 8
  right = (right << 1) | (right >>> 31)
  exchange = (left ^ right) & 0xaaaa_aaaa
  left ^= exchange
  right ^= exchange
  left = (left << 1) | (left >>> 31)
  state[0] = (state[0] as number) ^ left
  state[1] = (state[1] as number) ^ right
}

/** The final permutation: the exchanges of `absorbBlock` backwards. The state is left as it was. */
export function emitBlock(state: DesState, output: Uint8Array, offset: number): void {
  let left = state[0] as number
  let right = state[1] as number
  left = (left >>> 1) | (left << 31)
  let exchange = (left ^ right) & 0xaaaa_aaaa
  left ^= exchange
  right ^= exchange
  right = (right >>> 1) | (right << 31)
  exchange = ((right >>> 8) ^ left) & 0x00ff_00ff
  left ^= exchange
  right ^= exchange << 8
  exchange = ((right >>> 2) ^ left) & 0x3333_3333
  left ^= exchange
  right ^= exchange << 2
  exchange = ((left >>> 16) ^ right) & 0x0000_ffff
  right ^= exchange
  left ^= exchange << 16
  exchange = ((left >>> 4) ^ right) & 0x0f0f_0f0f
  right ^= exchange
  left ^= exchange << 4
  putWord(output, offset, left)
  putWord(output, offset + 4, right)
}

/** The sixteen rounds and the exchange of halves after them, two rounds a turn. */
export function desRounds(subkeys: Readonly<Subkeys>, state: DesState): void {
  let left = state[0] as number
  let right = state[1] as number
  for (let i = 0; i < 32; i += 4) {
    left ^= substitute(((right >>> 4) | (right << 28)) ^ (subkeys[i] as number), right ^ (subkeys[i + 1] as number))
    right ^= substitute(((left >>> 4) | (left << 28)) ^ (subkeys[i + 2] as number), left ^ (subkeys[i + 3] as number))
  }
  state[0] = right
  state[1] = left
}

/** f of the standard: what all eight S boxes make of a half under its subkey. */
function substitute(even: number, odd: number): number {
  return (
    ((SP1 as Int32Array)[(even >>> 24) & 63] as number) ^
    ((SP2 as Int32Array)[(odd >>> 24) & 63] as number) ^
    ((SP3 as Int32Array)[(even >>> 16) & 63] as number) ^
    ((SP4 as Int32Array)[(odd >>> 16) & 63] as number) ^
    ((SP5 as Int32Array)[(even >>> 8) & 63] as number) ^
    ((SP6 as Int32Array)[(odd >>> 8) & 63] as number) ^
    ((SP7 as Int32Array)[even & 63] as number) ^
    ((SP8 as Int32Array)[odd & 63] as number)
  )
}

const wordAt = (bytes: Uint8Array, offset: number): number =>
  ((bytes[offset] as number) << 24) |
  ((bytes[offset + 1] as number) << 16) |
  ((bytes[offset + 2] as number) << 8) |
  (bytes[offset + 3] as number)

function putWord(bytes: Uint8Array, offset: number, word: number): void {
  bytes[offset] = word >>> 24
  bytes[offset + 1] = word >>> 16
  bytes[offset + 2] = word >>> 8
  bytes[offset + 3] = word
}

/** One block of 8 bytes. `input` and `output` may be the same array. */
export function encryptDes(
  schedule: DesSchedule,
  input: Uint8Array,
  inputOffset: number,
  output: Uint8Array,
  outputOffset: number
): void {
  oneBlock(schedule.encrypt, input, inputOffset, output, outputOffset)
}

export function decryptDes(
  schedule: DesSchedule,
  input: Uint8Array,
  inputOffset: number,
  output: Uint8Array,
  outputOffset: number
): void {
  oneBlock(schedule.decrypt, input, inputOffset, output, outputOffset)
}

function oneBlock(
  subkeys: Readonly<Subkeys>,
  input: Uint8Array,
  inputOffset: number,
  output: Uint8Array,
  outputOffset: number
): void {
  invariant(inputOffset >= 0 && inputOffset + 8 <= input.length, 'the input holds no whole block at this offset')
  invariant(outputOffset >= 0 && outputOffset + 8 <= output.length, 'the output has no room for a block at this offset')
  const state = newDesState()
  absorbBlock(state, input, inputOffset)
  desRounds(subkeys, state)
  emitBlock(state, output, outputOffset)
}
