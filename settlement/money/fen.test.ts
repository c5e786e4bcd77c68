import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { add, FEN_MAX, fen, formatFen, negate, parseFen, subtract, sum, type Fen } from './fen.ts'

describe('fen', () => {
  it.each([
    ['128.50', 12_850],
    ['128.5', 12_850],
    ['128', 12_800],
    ['0.01', 1],
    ['-3.00', -300],
    ['0', 0],
    ['9007199254.74', FEN_MAX]
  ])('"%s" is %i fen', (text, amount) => {
    expect(parseFen(text)).toBe(amount)
  })

  it.each(['', '1.005', '1e3', '.5', '1.', '+1.00', ' 1.00', '1,000.00', '0x10', '9007199254.75', '99999999999'])(
    '"%s" is no amount',
    (text) => {
      expect(parseFen(text)).toBeUndefined()
    }
  )

  it('there is one zero', () => {
    expect(Object.is(negate(fen(0)), 0)).toBe(true)
    expect(formatFen(negate(fen(0)))).toBe('0.00')
    expect(Object.is(parseFen('-0.00'), 0)).toBe(true)
  })

  it.each([0.5, Number.NaN, Infinity, FEN_MAX + 1, -FEN_MAX - 1])('%d fen is a broken invariant', (amount) => {
    expect(() => fen(amount)).toThrow('is no amount in fen')
  })

  it('writing and reading give the same amount', () => {
    fc.assert(fc.property(fc.integer({ min: -FEN_MAX, max: FEN_MAX }), (amount) => parseFen(formatFen(fen(amount))) === amount))
  })

  it('sums stay exact and bounded', () => {
    expect(sum([fen(1), fen(2), fen(-3)])).toBe(0)
    expect(() => add(fen(FEN_MAX), fen(1))).toThrow('is no amount in fen')
    expect(subtract(fen(100), fen(101))).toBe(-1)
  })

  it('a bare number is no Fen', () => {
    expectTypeOf<number>().not.toExtend<Fen>()
  })
})
