import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat } from '../bytes/bytes.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import { Key } from '../secret/key.ts'
import { desMac, tripleDesMac } from './mac.ts'
import { padIso7816 } from './padding.ts'

const data = fc.uint8Array({ maxLength: 64 })
const bytes8 = fc.uint8Array({ minLength: 8, maxLength: 8 })

/** CBC of OpenSSL's, three equal keys making single DES; the last block of the answer. */
function lastCbcBlock(key: Uint8Array, iv: Uint8Array, padded: Uint8Array): Buffer {
  const cipher = createCipheriv('des-ede3-cbc', Buffer.concat([key, key, key]), iv).setAutoPadding(false)
  return cipher.update(padded).subarray(-8)
}

describe('message authentication codes', () => {
  it('DES MAC is the left half of the last CBC block', () => {
    fc.assert(
      fc.property(bytes8, data, (key, message) => {
        const theirs = lastCbcBlock(key, new Uint8Array(8), padIso7816(message))
        expect(toHex(desMac(new Key('test', key), message))).toBe(toHex(theirs.subarray(0, 4)))
      })
    )
  })

  it('triple-DES MAC turns only the last block through the right key', () => {
    fc.assert(
      fc.property(bytes8, bytes8, data, bytes8, (left, right, message, iv) => {
        const padded = padIso7816(message)
        const before = padded.length === 8 ? iv : lastCbcBlock(left, iv, padded.subarray(0, -8))
        const last = padded.subarray(-8).map((byte, i) => byte ^ (before[i] ?? 0))
        const theirs = createCipheriv('des-ede3-ecb', Buffer.concat([left, right, left]), null).setAutoPadding(false).update(last)
        expect(toHex(tripleDesMac(new Key('test', concat(left, right)), message, iv))).toBe(toHex(theirs.subarray(0, 4)))
      })
    )
  })

  it('takes zero as initial vector unless given one', () => {
    const key = new Key('IRK', fromHex('CE5C9A5B9C9ED1D7F7795695A9210B8F'))
    const item01 = fromHex('510100D15600000500000001')
    expect(toHex(tripleDesMac(key, item01))).toBe('E3D8C079')
    expect(toHex(tripleDesMac(key, item01, new Uint8Array(8)))).toBe('E3D8C079')
    expect(toHex(tripleDesMac(key, item01, fromHex('D671B97300000000')))).not.toBe('E3D8C079')
  })

  it('refuses a key of the other length', () => {
    expect(() => desMac(new Key('test', new Uint8Array(16)), new Uint8Array(1))).toThrow('key of 8 bytes')
    expect(() => tripleDesMac(new Key('test', new Uint8Array(8)), new Uint8Array(1))).toThrow('key of 16 bytes')
  })
})
