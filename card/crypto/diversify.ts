/**
 * From a parent key to a child key (PSG 3.1.1), one factor a level: national -> province -> city -> card. Who knows a child
 * learns nothing of its parent or its siblings.
 */

import { invariant } from '../../base/invariant.ts'
import { concat } from '../bytes/bytes.ts'
import { Key } from '../secret/key.ts'
import { encryptBlock } from './block.ts'

export const FACTOR_LENGTH = 8

/** 16 bytes: E(factor) | E(NOT factor). 8 bytes: DES(factor). */
export function diversify(key: Key, factor8: Uint8Array): Key {
  invariant(factor8.length === FACTOR_LENGTH, 'a diversification factor has 8 bytes')
  const left = encryptBlock(key, factor8)
  if (key.length === 8) return new Key(key.name, left)
  return new Key(key.name, concat(left, encryptBlock(key, invert(factor8))))
}

/** Left half XOR right half: how DTK becomes the 8-byte key of the TAC (JR/T 0025.2 appendix B). */
export function foldKey(key16: Key): Key {
  invariant(key16.length === 16, 'only a key of 16 bytes is folded')
  return key16.expose((bytes) => {
    const folded = new Uint8Array(8)
    for (let i = 0; i < 8; i++) folded[i] = (bytes[i] as number) ^ (bytes[i + 8] as number)
    return new Key(key16.name, folded)
  })
}

export const invert = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => ~byte & 0xff)
