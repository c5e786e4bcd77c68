import { expect, it } from 'vitest'
import { ageOn, date, dayAfter, parseDate, policyYear } from './business-date.ts'

it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '1899-12-31', '2026-04-31', ''])(
  '"%s" is no day',
  (text) => {
    expect(parseDate(text)).toBeUndefined()
  }
)

it('2024-02-29 and 2000-02-29 are days, 1900-02-29 is not', () => {
  expect([parseDate('2024-02-29'), parseDate('2000-02-29'), parseDate('1900-02-29')]).toEqual([
    '2024-02-29',
    '2000-02-29',
    undefined
  ])
})

it('one is 45 on the birthday, not the day before', () => {
  const birth = date('1979-03-15')
  expect([ageOn(birth, date('2024-03-14')), ageOn(birth, date('2024-03-15'))]).toEqual([44, 45])
})

it('someone born on 29 February turns a year older on 1 March of a common year', () => {
  const birth = date('2000-02-29')
  expect([ageOn(birth, date('2023-02-28')), ageOn(birth, date('2023-03-01')), ageOn(birth, date('2024-02-29'))]).toEqual([
    22, 23, 24
  ])
})

it('Shanghai: 30 June lies in the year that began the July before', () => {
  expect([policyYear(date('2024-06-30'), '07-01'), policyYear(date('2024-07-01'), '07-01')]).toEqual([2023, 2024])
  expect(policyYear(date('2024-01-01'), '01-01')).toBe(2024)
})

it.each([
  ['2026-11-26', '2026-11-27'],
  ['2024-02-28', '2024-02-29'],
  ['2026-02-28', '2026-03-01'],
  ['2026-12-31', '2027-01-01']
])('%s is followed by %s', (day, next) => {
  expect(dayAfter(date(day))).toBe(next)
})
