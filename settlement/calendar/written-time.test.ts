import { expect, it } from 'vitest'
import { dayDigits, dayOfTime, isWithin, readableTime } from './written-time.ts'

it('a time of 14 digits is read with dashes, and anything else as it came', () => {
  expect(readableTime('20260315093015')).toBe('2026-03-15 09:30:15')
  expect(['', '20260315', '2026-03-15', '202603150930150'].map(readableTime)).toEqual(['', '20260315', '2026-03-15', '202603150930150'])
})

it('the day of a time, and of an hour', () => {
  expect(['20260315093015', '2026031509', '20260315'].map(dayOfTime)).toEqual(['2026-03-15', '2026-03-15', '2026-03-15'])
})

it('a day is the same day however it is written', () => {
  expect(['2026-03-15', '2026-03-15 09:30:15', '20260315', '20260315093015'].map(dayDigits)).toEqual(Array(4).fill('20260315'))
})

it('a period has its first day and its last, however they are written, and none after an open end', () => {
  const march = (day: string): boolean => isWithin(day, '20260301000000', '2026-03-31')
  expect(['2026-02-28', '2026-03-01', '20260331', '2026-04-01'].map(march)).toEqual([false, true, true, false])
  expect([undefined, null, ''].map((ends) => isWithin('2099-12-31', '2026-03-01', ends))).toEqual([true, true, true])
})
