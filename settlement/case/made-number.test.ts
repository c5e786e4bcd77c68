import { expect, test } from 'vitest'
import { madeNumber } from './made-number.ts'

const [INSTITUTION, TIME] = ['H99999900001', '20260315093015']

test('a number is institution, time and the next number of the chain', () => {
  expect(madeNumber(INSTITUTION, TIME, 0)).toBe('H99999900001202603150930150001')
  expect(madeNumber(INSTITUTION, TIME, 12_344)).toBe('H99999900001202603150930152345')
})

test('two terminals of one institution that settle in the same second have two numbers', () => {
  expect(madeNumber(INSTITUTION, TIME, 0, `${INSTITUTION}-01`)).toBe('H99999900001202603150930150101')
  expect(madeNumber(INSTITUTION, TIME, 0, `${INSTITUTION}-02`)).toBe('H99999900001202603150930150201')
  expect(madeNumber(INSTITUTION, TIME, 1_299, `${INSTITUTION}-02`)).toBe('H99999900001202603150930150200')
})
