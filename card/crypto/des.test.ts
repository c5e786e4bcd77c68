import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { decryptDes, encryptDes, scheduleDes } from './des.ts'

const bytes8 = fc.uint8Array({ minLength: 8, maxLength: 8 })

function encrypt(key: Uint8Array, block: Uint8Array): Uint8Array {
  const output = new Uint8Array(8)
  encryptDes(scheduleDes(key), block, 0, output, 0)
  return output
}

describe('single DES', () => {
  it.each([
    // FIPS 46-3's classroom block, and rows of the NBS SP 500-20 tables: variable plaintext, variable key, S-box test.
    ['133457799BBCDFF1', '0123456789ABCDEF', '85E813540F0AB405'],
    ['0101010101010101', '8000000000000000', '95F8A5E5DD31D900'],
    ['0101010101010101', '0000000000000001', '166B40B44ABA4BD6'],
    ['8001010101010101', '0000000000000000', '95A8D72813DAA94D'],
    ['7CA110454A1A6E57', '01A1D6D039776742', '690F5B0D9A26939B'],
    ['0131D9619DC1376E', '5CD54CA83DEF57DA', '7A389D10354BD271'],
    ['0000000000000000', '0000000000000000', '8CA64DE9C1B123A7'],
    ['FFFFFFFFFFFFFFFF', 'FFFFFFFFFFFFFFFF', '7359B2163E4EDC58']
  ])('key %s turns %s into %s', (key, plain, cipher) => {
    expect(toHex(encrypt(fromHex(key), fromHex(plain)))).toBe(cipher)
  })

  it('agrees with OpenSSL for any key and block', () => {
    fc.assert(
      fc.property(bytes8, bytes8, (key, block) => {
        const theirs = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null).setAutoPadding(false)
        expect(toHex(encrypt(key, block))).toBe(toHex(theirs.update(block)))
      }),
      { numRuns: 500 }
    )
  })

  it('decrypts what it encrypted, in place and at an offset', () => {
    fc.assert(
      fc.property(bytes8, bytes8, fc.nat(9), (key, block, offset) => {
        const schedule = scheduleDes(key)
        const buffer = new Uint8Array(offset + 8)
        buffer.set(block, offset)
        encryptDes(schedule, buffer, offset, buffer, offset)
        decryptDes(schedule, buffer, offset, buffer, offset)
        expect(toHex(buffer.subarray(offset))).toBe(toHex(block))
      })
    )
  })

  it('ignores the parity bit of every key byte', () => {
    fc.assert(
      fc.property(bytes8, bytes8, (key, block) => {
        expect(encrypt(key.map((byte) => byte ^ 1), block)).toEqual(encrypt(key, block))
      })
    )
  })

  it('refuses a key or a block of another length', () => {
    expect(() => scheduleDes(new Uint8Array(7))).toThrow('a DES key has 8 bytes')
    expect(() => encrypt(new Uint8Array(8), new Uint8Array(7))).toThrow('no whole block')
  })
})
