import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { Key } from '../secret/key.ts'
import { decryptBlock, decryptEcb, encryptBlock, encryptEcb, scheduleOf } from './block.ts'

const blocks = fc.array(fc.uint8Array({ minLength: 8, maxLength: 8 }), { maxLength: 6 }).map((parts) => Uint8Array.from(Buffer.concat(parts)))
const keyBytes = fc.oneof(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))

describe('block encryption by key', () => {
  it('agrees with OpenSSL: 8 bytes are DES, 16 bytes two-key triple DES', () => {
    fc.assert(
      fc.property(keyBytes, blocks, (bytes, data) => {
        const left = bytes.subarray(0, 8)
        const middle = bytes.length === 16 ? bytes.subarray(8) : left
        const theirs = createCipheriv('des-ede3-ecb', Buffer.concat([left, middle, left]), null).setAutoPadding(false)
        const key = new Key('test', bytes)
        const encrypted = encryptEcb(key, data)
        expect(toHex(encrypted)).toBe(toHex(theirs.update(data)))
        expect(toHex(decryptEcb(key, encrypted))).toBe(toHex(data))
      })
    )
  })

  it('takes single blocks', () => {
    const key = new Key('DLK', fromHex('11223344556677888877665544332211'))
    expect(toHex(encryptBlock(key, fromHex('1122334400008000')))).toBe('9B1D924E05595603')
    expect(toHex(decryptBlock(key, fromHex('9B1D924E05595603')))).toBe('1122334400008000')
    expect(() => encryptBlock(key, new Uint8Array(16))).toThrow('a block has 8 bytes')
    expect(() => encryptEcb(key, new Uint8Array(9))).toThrow('whole number of 8-byte blocks')
  })

  it('works a schedule out once for a key and forgets it with the key', () => {
    const key = new Key('test', fromHex('4041424344454647'))
    const schedule = scheduleOf(key)
    expect(scheduleOf(key)).toBe(schedule)
    key.wipe()
    expect(schedule.left.encrypt.every((word) => word === 0)).toBe(true)
    expect(() => encryptBlock(key, new Uint8Array(8))).toThrow('used after it was wiped')
  })
})
