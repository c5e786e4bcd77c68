import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fen } from './fen.ts'
import { formatPercent, formatRatio, parseRatio, ratio, shareOf } from './ratio.ts'
import { roundBigQuotient, ROUNDINGS, roundQuotient } from './rounding.ts'

describe('rounding', () => {
  it.each([
    [5, 10, 'half-up', 1],
    [4, 10, 'half-up', 0],
    [-5, 10, 'half-up', -1],
    [5, 10, 'half-even', 0],
    [15, 10, 'half-even', 2],
    [-25, 10, 'half-even', -2],
    [26, 10, 'half-even', 3],
    [19, 10, 'down', 1],
    [-19, 10, 'down', -1],
    [0, 10, 'half-up', 0]
  ] as const)('%i / %i %s is %i', (numerator, denominator, rounding, expected) => {
    expect(roundQuotient(numerator, denominator, rounding) + 0).toBe(expected)
  })

  it('gives in doubles what whole numbers of any size give', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.constantFrom(...ROUNDINGS),
        (numerator, denominator, rounding) => {
          const exact = roundBigQuotient(BigInt(numerator), BigInt(denominator), rounding)
          expect(roundQuotient(numerator, denominator, rounding) - exact).toBe(0)
        }
      ),
      { numRuns: 5000 }
    )
  })

  it('refuses a numerator that a double cannot hold', () => {
    expect(() => roundQuotient(2 ** 53, 10, 'half-up')).toThrow('too large')
  })
})

describe('ratio', () => {
  it('takes at most four places between 0 and 1', () => {
    expect([parseRatio('0.65'), parseRatio('1'), parseRatio('0'), parseRatio('0.0001'), parseRatio('1.0000')]).toEqual([
      6500, 10_000, 0, 1, 10_000
    ])
    for (const text of ['1.01', '0.65001', '65 %', '-0.1', '.5', '2', '']) expect(parseRatio(text)).toBeUndefined()
  })

  it('takes a share of 94.50 at 25 % as 23.63', () => {
    expect(shareOf(fen(9450), ratio(2500), 'half-up')).toBe(2363)
    expect(shareOf(fen(9450), ratio(2500), 'down')).toBe(2362)
  })

  it('prints as the wire and as a sentence want it', () => {
    expect([formatRatio(ratio(6500)), formatRatio(ratio(10_000))]).toEqual(['0.6500', '1.0000'])
    expect([
      formatPercent(ratio(6500)),
      formatPercent(ratio(6750)),
      formatPercent(ratio(5)),
      formatPercent(ratio(10_000))
    ]).toEqual(['65 %', '67.5 %', '0.05 %', '100 %'])
  })
})
