import { expect, it } from 'vitest'
import { fromHex } from '../bytes/hex.ts'
import { encodeResponseApdu, parseResponseApdu } from './response-apdu.ts'
import { bytesAvailable, correctLe, formatStatusWord, triesLeft } from './status-word.ts'

it('61 10 says that 16 bytes wait, 61 00 that 256 do', () => {
  expect([bytesAvailable(0x6110), bytesAvailable(0x6100), bytesAvailable(0x9000)]).toEqual([16, 256, undefined])
})

it('6C 22 asks for the command again with Le 22', () => {
  expect([correctLe(0x6c22), correctLe(0x6c00), correctLe(0x6700)]).toEqual([0x22, 256, undefined])
})

it('63 C5 leaves five tries, 63 C0 none, 63 00 does not say', () => {
  expect([triesLeft(0x63c5), triesLeft(0x63c0), triesLeft(0x6300)]).toEqual([5, 0, undefined])
})

it('status words print as four hexadecimal digits', () => {
  expect(formatStatusWord(0x6a82)).toBe('6A82')
})

it('a response is its data and the last two bytes', () => {
  const bytes = fromHex('0102 9000')
  expect(parseResponseApdu(bytes)).toEqual({ data: fromHex('0102'), sw: 0x9000 })
  expect(encodeResponseApdu({ data: fromHex('0102'), sw: 0x9000 })).toEqual(bytes)
})

it('fewer than two bytes are no response: the outcome is unknown', () => {
  expect(parseResponseApdu(fromHex('90'))).toBeUndefined()
})
