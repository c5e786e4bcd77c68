import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { lastPaddedBlock, padIso7816, unpadIso7816 } from './padding.ts'

describe('padding 80 00', () => {
  it.each([
    ['', '8000000000000000'],
    ['01', '0180000000000000'],
    ['01020304050607', '0102030405060780'],
    ['0102030405060708', '01020304050607088000000000000000']
  ])('of "%s" gives %s', (data, padded) => {
    expect(toHex(padIso7816(fromHex(data)))).toBe(padded)
  })

  it('fills blocks of 16 bytes for SM4', () => {
    expect(toHex(padIso7816(fromHex('0102030405060708'), 16))).toBe('01020304050607088000000000000000')
  })

  it('comes off again, whatever the data ends with', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(8, 16), (data, blockLength) => {
        const padded = padIso7816(data, blockLength)
        expect(padded.length % blockLength).toBe(0)
        expect(unpadIso7816(padded)).toEqual(data)
        expect(lastPaddedBlock(data, blockLength)).toEqual(padded.slice(-blockLength))
      })
    )
  })

  it('is recognised when it is none', () => {
    expect(unpadIso7816(fromHex('0102030405060708'))).toBeUndefined()
    expect(unpadIso7816(fromHex('0000000000000000'))).toBeUndefined()
    expect(unpadIso7816(new Uint8Array(0))).toBeUndefined()
  })
})
