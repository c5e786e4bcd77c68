/**
 * The message authentication codes of card and PSAM (JR/T 0025.2 appendix B; PSG 3.1.3). All are a CBC chain of single DES
 * over the padded data, cut to its left 4 bytes:
 *
 *   DES MAC          DES under the 8-byte session key throughout: MAC1, MAC2, TAC, and the SSC's command MAC
 *   triple-DES MAC   DES under the left half, the last block then decrypted with the right and encrypted with the left
 */

import { invariant } from '../../base/invariant.ts'
import type { Key } from '../secret/key.ts'
import { scheduleOf } from './block.ts'
import { absorbBlock, DES_BLOCK_LENGTH, desRounds, emitBlock, newDesState } from './des.ts'
import type { DesState, Subkeys } from './des.ts'
import { lastPaddedBlock } from './padding.ts'

export const MAC_LENGTH = 4

/** 4 bytes. `data` is unpadded; the initial vector is zero. */
export function desMac(key8: Key, data: Uint8Array): Uint8Array {
  const { left, right } = scheduleOf(key8)
  invariant(right === undefined, 'a DES MAC takes a key of 8 bytes')
  const state = newDesState()
  return leftmost(state, chain(left.encrypt, state, data))
}

/** 4 bytes. `data` is unpadded; `iv` is 8 bytes, zero unless given (a challenge of 4 bytes | 00000000). */
export function tripleDesMac(key16: Key, data: Uint8Array, iv?: Uint8Array): Uint8Array {
  const { left, right } = scheduleOf(key16)
  invariant(right !== undefined, 'a triple-DES MAC takes a key of 16 bytes')
  invariant(iv === undefined || iv.length === DES_BLOCK_LENGTH, 'an initial vector has 8 bytes')
  const state = newDesState()
  if (iv !== undefined) absorbBlock(state, iv, 0)
  const block = chain(left.encrypt, state, data)
  desRounds(right.decrypt, state)
  desRounds(left.encrypt, state)
  return leftmost(state, block)
}

/** Whole blocks where they lie, then the padded last one, which is handed back as room for the result. */
function chain(subkeys: Subkeys, state: DesState, data: Uint8Array): Uint8Array {
  const last = lastPaddedBlock(data)
  for (let offset = 0; offset + DES_BLOCK_LENGTH <= data.length; offset += DES_BLOCK_LENGTH) {
    absorbBlock(state, data, offset)
    desRounds(subkeys, state)
  }
  absorbBlock(state, last, 0)
  desRounds(subkeys, state)
  return last
}

function leftmost(state: DesState, block: Uint8Array): Uint8Array {
  emitBlock(state, block, 0)
  return block.slice(0, MAC_LENGTH)
}
