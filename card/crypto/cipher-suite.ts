/**
 * The cryptography of one card generation behind one face, so that chip, PSAM and terminal session are written once.
 *
 * SM4_STAND_IN_SUITE is a stand-in: the session keys, MAC length and PIN block of v3.00 cards are not public. It applies
 * the SM4 cipher by the obvious analogy to DES and agrees with itself only. No real v3.00 card will accept it.
 */

import { sm4 } from 'sm-crypto-v2'
import { invariant } from '../../base/invariant.ts'
import { concat } from '../bytes/bytes.ts'
import { Key } from '../secret/key.ts'
import * as des from './block.ts'
import { diversify as diversifyDes, FACTOR_LENGTH, foldKey, invert } from './diversify.ts'
import { desMac, MAC_LENGTH, tripleDesMac } from './mac.ts'
import { padIso7816 } from './padding.ts'

export interface CipherSuite {
  readonly name: 'DES' | 'SM4-STAND-IN'
  /** As INITIALIZE FOR PURCHASE answers it and INIT SAM FOR PURCHASE takes it. */
  readonly algorithmByte: number
  /** As tag 9F0C in the FCI of the SSSE announces it: 01 DES, 03 SM4. */
  readonly fciAlgorithm: number
  /** Bytes. */
  readonly blockLength: number
  /** Bytes that GET CHALLENGE gives for authentication. */
  readonly challengeLength: number
  /** One block in, one block out. */
  encryptBlock(key: Key, block: Uint8Array): Uint8Array
  decryptBlock(key: Key, block: Uint8Array): Uint8Array
  /** The child key for a factor of 8 bytes. */
  diversify(key: Key, factor8: Uint8Array): Key
  /** `input` is 8 bytes: random | serial | terminal serial, or a challenge. SM4 also takes a challenge of a whole block. */
  sessionKey(key: Key, input: Uint8Array): Key
  /** 4 bytes. `data` is unpadded; the initial vector is zero. A key of 16 bytes under DES gives the triple-DES MAC. */
  mac(key: Key, data: Uint8Array): Uint8Array
  /** The key a TAC is made with, from the card's DTK. */
  tacKey(key: Key): Key
}

const SESSION = 'session'

export const DES_SUITE: CipherSuite = {
  name: 'DES',
  algorithmByte: 0x00,
  fciAlgorithm: 0x01,
  blockLength: 8,
  challengeLength: 8,
  encryptBlock: des.encryptBlock,
  decryptBlock: des.decryptBlock,
  diversify: diversifyDes,
  sessionKey: (key, input) => new Key(SESSION, des.encryptBlock(key, input)),
  mac: (key, data) => (key.length === 8 ? desMac(key, data) : tripleDesMac(key, data)),
  tacKey: foldKey
}

const SM4_BLOCK_LENGTH = 16
const SM4_ECB = { padding: 'none', mode: 'ecb', output: 'array' } as const

/** SM4 has keys of 16 bytes only; the card's keys of 8 bytes (STK) are taken twice over. */
const exposeSm4 = (key: Key, use: (bytes: Uint8Array) => Uint8Array): Uint8Array =>
  key.expose((bytes) => use(bytes.length === 8 ? concat(bytes, bytes) : bytes))

function encryptSm4(key: Key, block: Uint8Array): Uint8Array {
  invariant(block.length === SM4_BLOCK_LENGTH, 'an SM4 block has 16 bytes')
  return exposeSm4(key, (bytes) => Uint8Array.from(sm4.encrypt(block, bytes, SM4_ECB)))
}

function decryptSm4(key: Key, block: Uint8Array): Uint8Array {
  invariant(block.length === SM4_BLOCK_LENGTH, 'an SM4 block has 16 bytes')
  return exposeSm4(key, (bytes) => Uint8Array.from(sm4.decrypt(block, bytes, SM4_ECB)))
}

function diversifySm4(key: Key, factor8: Uint8Array): Key {
  invariant(factor8.length === FACTOR_LENGTH, 'a diversification factor has 8 bytes')
  return new Key(key.name, encryptSm4(key, concat(factor8, invert(factor8))))
}

function macSm4(key: Key, data: Uint8Array): Uint8Array {
  const padded = padIso7816(data, SM4_BLOCK_LENGTH)
  let block: Uint8Array = new Uint8Array(SM4_BLOCK_LENGTH)
  for (let offset = 0; offset < padded.length; offset += SM4_BLOCK_LENGTH) {
    const before = block
    block = encryptSm4(key, before.map((byte, i) => byte ^ (padded[offset + i] ?? 0)))
  }
  return block.slice(0, MAC_LENGTH)
}

/** A stand-in, see the head of the file: never what a real v3.00 card computes. */
export const SM4_STAND_IN_SUITE: CipherSuite = {
  name: 'SM4-STAND-IN',
  algorithmByte: 0x03,
  fciAlgorithm: 0x03,
  blockLength: SM4_BLOCK_LENGTH,
  challengeLength: SM4_BLOCK_LENGTH,
  encryptBlock: encryptSm4,
  decryptBlock: decryptSm4,
  diversify: diversifySm4,
  sessionKey: (key, input) =>
    new Key(SESSION, encryptSm4(key, input.length === SM4_BLOCK_LENGTH ? input : concat(input, input))),
  mac: macSm4,
  tacKey: (key) => key
}
