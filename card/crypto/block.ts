/**
 * Block encryption by key: 8 bytes make DES, 16 bytes two-key triple DES (encrypt with the left half, decrypt with the
 * right, encrypt with the left). Schedules are worked out once per Key object, kept in it and wiped with it.
 */

import { invariant } from '../../base/invariant.ts'
import type { Key } from '../secret/key.ts'
import type { Derivation } from '../secret/secret-bytes.ts'
import { absorbBlock, DES_BLOCK_LENGTH, desRounds, emitBlock, newDesState, scheduleDes } from './des.ts'
import type { DesSchedule, DesState } from './des.ts'

/** `right` is undefined for a single DES key. */
export interface KeySchedule {
  readonly left: DesSchedule
  readonly right: DesSchedule | undefined
}

const SCHEDULE: Derivation<KeySchedule> = {
  derive: (bytes) => ({
    left: scheduleDes(bytes.subarray(0, 8)),
    right: bytes.length === 16 ? scheduleDes(bytes.subarray(8)) : undefined
  }),
  forget({ left, right }) {
    for (const half of [left, right]) {
      half?.encrypt.fill(0)
      half?.decrypt.fill(0)
    }
  }
}

export const scheduleOf = (key: Key): KeySchedule => key.derived(SCHEDULE)

function encryptState({ left, right }: KeySchedule, state: DesState): void {
  desRounds(left.encrypt, state)
  if (right === undefined) return
  desRounds(right.decrypt, state)
  desRounds(left.encrypt, state)
}

function decryptState({ left, right }: KeySchedule, state: DesState): void {
  desRounds(left.decrypt, state)
  if (right === undefined) return
  desRounds(right.encrypt, state)
  desRounds(left.decrypt, state)
}

function eachBlock(data: Uint8Array, work: (state: DesState) => void): Uint8Array {
  invariant(data.length % DES_BLOCK_LENGTH === 0, 'the data is not a whole number of 8-byte blocks')
  const output = new Uint8Array(data.length)
  const state = newDesState()
  for (let offset = 0; offset < data.length; offset += DES_BLOCK_LENGTH) {
    state.fill(0)
    absorbBlock(state, data, offset)
    work(state)
    emitBlock(state, output, offset)
  }
  return output
}

/** `data` is a whole number of 8-byte blocks; the answer is as long. */
export function encryptEcb(key: Key, data: Uint8Array): Uint8Array {
  const schedule = scheduleOf(key)
  return eachBlock(data, (state) => encryptState(schedule, state))
}

export function decryptEcb(key: Key, data: Uint8Array): Uint8Array {
  const schedule = scheduleOf(key)
  return eachBlock(data, (state) => decryptState(schedule, state))
}

export function encryptBlock(key: Key, block8: Uint8Array): Uint8Array {
  invariant(block8.length === DES_BLOCK_LENGTH, 'a block has 8 bytes')
  return encryptEcb(key, block8)
}

export function decryptBlock(key: Key, block8: Uint8Array): Uint8Array {
  invariant(block8.length === DES_BLOCK_LENGTH, 'a block has 8 bytes')
  return decryptEcb(key, block8)
}
