import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import { cardFactor, cityFactor, historicalBytes, provinceFactor } from './factors.ts'

describe('diversification factors', () => {
  it('province and city come from the division code', () => {
    expect(toHex(provinceFactor('510100'))).toBe('3531303030307368')
    expect(toHex(cityFactor('510100'))).toBe('3531303130307378')
    expect(() => cityFactor('5101')).toThrow('"5101" is not 6 digits')
  })

  it.each([
    ['contact card', '3B6D00000081544C348660510100000001', '8660510100000001'],
    ['the ATR printed in the Sichuan terminal specification', '3B6D0000008148424286535119000A671A', '86535119000A671A'],
    ['a card offering T=1, whose ATR ends in a check byte', '3B8D01 0081544C348660510100000001 5A', '8660510100000001'],
    ['contactless, as PC/SC shows it', '3B8D8001 0081544C348660510100000001 FF', '8660510100000001']
  ])('card factor of %s', (_, atr, factor) => {
    expect(cardFactor(fromHex(atr))).toEqual(fromHex(factor))
  })

  it('there is none in an ATR that is too short or cut off', () => {
    expect(cardFactor(fromHex('3B64000001020304'))).toBeUndefined()
    expect(historicalBytes(fromHex('3B6D0000008154'))).toBeUndefined()
    expect(historicalBytes(fromHex('3B'))).toBeUndefined()
    expect(historicalBytes(fromHex('3B80'))).toBeUndefined()
  })

  it('a bank card with 12 historical bytes has a factor, which no key of ours will fit', () => {
    expect(cardFactor(fromHex('3B6C0000 0102030405060708090A0B0C'))).toEqual(fromHex('05060708090A0B0C'))
  })
})
