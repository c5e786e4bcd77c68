import { describe, expect, it } from 'vitest'
import { fromHex } from '../bytes/hex.ts'
import { dateOf, digitsOf, fenOf, joinedTextOf, OFFLINE, textOf, valueOf } from './items.ts'

describe('a record', () => {
  it.each([
    ['920412850FFF', '12850FFF', 'tag, length, value'],
    ['920412850FFF0000', '12850FFF', 'with filling behind'],
    ['12850FFF', '12850FFF', 'the bare value'],
    ['92000FFF', '92000FFF', 'a bare amount that begins like its tag: 9200 yuan']
  ])('%s holds %s: %s', (record, value) => expect(valueOf(OFFLINE.amount, fromHex(record))).toEqual(fromHex(value)))

  it.each(['9204', '92', '9304128500FF', '920912850FFF00'])('%s is no record of tag 92', (record) => {
    expect(valueOf(OFFLINE.amount, fromHex(record))).toBeUndefined()
  })
})

describe('amounts in fen', () => {
  it.each([
    ['12850FFF', 12850],
    ['0FFFFFFF', 0],
    ['00000000', 0],
    ['99999999', 99_999_999],
    ['FFFFFFFF', undefined],
    ['1A850FFF', undefined]
  ])('%s is %s', (hex, fen) => expect(fenOf(fromHex(hex))).toBe(fen))
})

describe('dates', () => {
  it.each([
    ['20260315', '2026-03-15'],
    ['FFFFFFFF', undefined],
    ['00000000', undefined],
    ['20261315', undefined]
  ])('%s is %s', (hex, date) => expect(dateOf(fromHex(hex))).toBe(date))
})

describe('text and digits', () => {
  it('a v1.00 item rewritten for v2.00 ends in E nibbles (S37 appendix C)', () => {
    expect(digitsOf(fromHex('510100EEEEEE'))).toBe('510100')
  })

  it('a character may straddle the two items of a name', () => {
    const name = fromHex(`${'B2E2'.repeat(14)}8139`)
    expect(joinedTextOf(name, fromHex('EF3000000000'))).toBe(`${'测'.repeat(14)}㐁`)
  })

  it('an empty text is none', () => expect(textOf(fromHex('000000'))).toBeUndefined())
})
