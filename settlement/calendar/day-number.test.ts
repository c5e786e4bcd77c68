import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { date, dayAfter } from './business-date.ts'
import { dayNumber, dayOfNumber, firstOfMonth, plusDays, plusMonths } from './day-number.ts'

describe('counting days', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2026-03-01', 20_513]
  ])('%s is day %i', (on, number) => {
    expect(dayNumber(date(on))).toBe(number)
    expect(dayOfNumber(number)).toBe(on)
  })

  it('is the same as going day by day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_000, max: 60_000 }), (number) => {
        expect(dayNumber(dayAfter(dayOfNumber(number)))).toBe(number + 1)
      })
    )
  })

  it('adds and takes days over the end of a month', () => {
    expect(plusDays(date('2024-02-28'), 2)).toBe('2024-03-01')
    expect(plusDays(date('2026-01-01'), -1)).toBe('2025-12-31')
  })
})

describe('counting months', () => {
  it.each([
    ['2026-01-15', 3, '2026-04-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2025-11-30', 3, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-10', -6, '2025-07-10'],
    ['2025-12-01', 12, '2026-12-01']
  ])('%s plus %i months is %s', (on, months, expected) => {
    expect(plusMonths(date(on), months)).toBe(expected)
  })

  it('knows the first of the month', () => {
    expect(firstOfMonth(date('2026-05-17'))).toBe('2026-05-01')
  })
})
