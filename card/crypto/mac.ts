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
import type { DesState } from './des.ts'
import { padIso7816 } from './padding.ts'

export const MAC_LENGTH = 4

/** 4 bytes. `data` is unpadded; the initial vector is zero. */
export function desMac(key8: Key, data: Uint8Array): Uint8Array {
  const { left, right } = scheduleOf(key8)
  invariant(right === undefined, 'a DES MAC takes a key of 8 bytes')
  const state = newDesState()
  chain(left.encrypt, state, padIso7816(data))
  return leftmost(state)
}

/** 4 bytes. `data` is unpadded; `iv` is 8 bytes, zero unless given (a challenge of 4 bytes | 00000000). */
export function tripleDesMac(key16: Key, data: Uint8Array, iv?: Uint8Array): Uint8Array {
  const { left, right } = scheduleOf(key16)
  invariant(right !== undefined, 'a triple-DES MAC takes a key of 16 bytes')
  invariant(iv === undefined || iv.length === DES_BLOCK_LENGTH, 'an initial vector has 8 bytes')
  const state = newDesState()
  if (iv !== undefined) absorbBlock(state, iv, 0)
  chain(left.encrypt, state, padIso7816(data))
  desRounds(right.decrypt, state)
  desRounds(left.encrypt, state)
  return leftmost(state)
}

function chain(subkeys: Int32Array, state: DesState, padded: Uint8Array): void {
  for (let offset = 0; offset < padded.length; offset += DES_BLOCK_LENGTH) {
    absorbBlock(state, padded, offset)
    desRounds(subkeys, state)
  }
}

function leftmost(state: DesState): Uint8Array {
  const block = new Uint8Array(DES_BLOCK_LENGTH)
  emitBlock(state, block, 0)
  return block.slice(0, MAC_LENGTH)
}
