import { expect, test } from 'vitest'
import { Random } from './random.ts'

const draws = (random: Random, count = 4): number[] => Array.from({ length: count }, () => random.below(1000))

test('the same name draws the same, another name another', () => {
  expect(draws(new Random('7'))).toEqual(draws(new Random('7')))
  expect(draws(new Random('7'))).not.toEqual(draws(new Random('8')))
})

test('what one fork draws moves no other', () => {
  const calm = new Random('7')
  const busy = new Random('7')
  draws(busy, 100)
  draws(busy.fork('cards'), 100)
  expect(draws(busy.fork('readers'))).toEqual(draws(calm.fork('readers')))
})

test('stays below its bound and reaches every number', () => {
  const random = new Random('bounds')
  const seen = new Set(Array.from({ length: 400 }, () => random.below(6)))
  expect(seen).toEqual(new Set([0, 1, 2, 3, 4, 5]))
})

test('what never happens is not drawn', () => {
  const random = new Random('7')
  expect(random.chance(0, 10)).toBe(false)
  expect(draws(random)).toEqual(draws(new Random('7')))
})

test('bytes are as many as were asked for', () => {
  expect(new Random('7').bytes(7)).toHaveLength(7)
  expect(new Random('7').bytes(7)).not.toEqual(new Random('8').bytes(7))
})
