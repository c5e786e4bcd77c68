import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesEqual, concat, equalInConstantTime, readUint, writeUint } from './bytes.ts'
import { fromHex, isHex, toHex } from './hex.ts'
import { packDecimal, unpackDecimal } from './packed-decimal.ts'
import { decodeText, encodePaddedText, encodeText } from './text.ts'
import { encodeTlv, parseTlvChain } from './tlv.ts'

describe('integers are big-endian', () => {
  it('12850 fen in four bytes are 00 00 32 32', () => {
    expect(toHex(writeUint(12_850, 4))).toBe('00003232')
    expect(readUint(fromHex('FF 00003232'), 1, 4)).toBe(12_850)
  })

  it('a number that does not fit is refused, as is reading past the end', () => {
    expect(() => writeUint(256, 1)).toThrow('256 does not fit 1 bytes')
    expect(() => writeUint(-1, 4)).toThrow('-1')
    expect(() => readUint(fromHex('0102'), 1, 2)).toThrow('outside')
  })
})

describe('hexadecimal', () => {
  it('round-trips any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => bytesEqual(fromHex(toHex(bytes)), bytes)))
  })

  it('knows what is not hexadecimal', () => {
    expect([isHex('0G'), isHex('012'), isHex('')]).toEqual([false, false, true])
    expect(() => fromHex('0G')).toThrow('not hexadecimal')
  })
})

describe('packed decimal (cn)', () => {
  it.each([
    ['510100', 3, '510100'],
    ['12850', 4, '12850FFF'],
    ['0', 4, '0FFFFFFF'],
    ['20260101', 4, '20260101']
  ])('%s in %i bytes is %s', (digits, length, hex) => {
    expect(toHex(packDecimal(digits, length))).toBe(hex)
    expect(unpackDecimal(fromHex(hex))).toBe(digits)
  })

  it('a nibble that is neither digit nor trailing F is no cn', () => {
    expect([unpackDecimal(fromHex('1A')), unpackDecimal(fromHex('1F2F'))]).toEqual([undefined, undefined])
  })
})

describe('text (an)', () => {
  it('张三 is D5C5 C8FD, filled with 00', () => {
    expect(toHex(encodePaddedText('张三', 6))).toBe('D5C5C8FD0000')
    expect(decodeText(fromHex('D5C5C8FD0000'))).toBe('张三')
  })

  it('a rare character costs four bytes and survives', () => {
    expect(encodeText('𠮷').length).toBe(4)
    expect(decodeText(encodeText('测试𠮷'))).toBe('测试𠮷')
  })

  it('the name of the SSSE is 15 bytes long', () => {
    expect(toHex(encodeText('sx1.sh.社会保障'))).toBe('7378312E73682EC9E7BBE1B1A3D5CF')
  })
})

describe('tag, length, value', () => {
  it('reads a chain and refuses one that runs past its end', () => {
    const chain = concat(encodeTlv(0x5a, fromHex('01')), encodeTlv(0x5b, fromHex('0203')))
    expect(toHex(chain)).toBe('5A01015B020203')
    expect(parseTlvChain(chain)?.map((item) => item.tag)).toEqual([0x5a, 0x5b])
    expect(parseTlvChain(fromHex('5A0201'))).toBeUndefined()
  })
})

it.each([
  [[1, 2], [1, 2], true],
  [[1, 2], [1, 3], false],
  [[1, 2], [1, 2, 0], false],
  [[], [], true]
])('%j and %j compare as %s', (left, right, equal) => {
  expect(equalInConstantTime(Uint8Array.from(left), Uint8Array.from(right))).toBe(equal)
})
