import { expect, test } from 'vitest'
import { Random } from '../world/random.ts'
import { planOf, type Plan } from './plan.ts'

const plans = (purpose: Plan['kind'], count: number): Plan[] => Array.from({ length: count }, (_, at) => planOf(new Random('1'), `op-${at + 1}`, purpose))

test('the id of an operation tells its plan, whatever was drawn before', () => {
  const [chance, other] = [new Random('7'), new Random('7')]
  other.uint32()
  expect(planOf(other, 'op-12', 'settle')).toEqual(planOf(chance, 'op-12', 'settle'))
  expect(planOf(chance, 'op-13', 'settle')).not.toEqual(planOf(chance, 'op-12', 'settle'))
  expect(planOf(new Random('8'), 'op-12', 'settle')).not.toEqual(planOf(chance, 'op-12', 'settle'))
})

test('most people are honest and patient, and every habit is met within two thousand', () => {
  const settled = plans('settle', 2000).filter((plan) => plan.kind === 'settle')
  const plain = settled.filter(({ pin, hands, cashier, flaw }) => pin === 'right' && hands.kind === 'waits' && cashier === 'plain' && flaw === undefined)
  expect(plain.length).toBeGreaterThan(900)
  expect(new Set(settled.map(({ pin }) => pin)).size).toBe(7)
  expect(new Set(settled.map(({ cashier }) => cashier)).size).toBe(9)
  expect(new Set(settled.map(({ flaw }) => flaw)).size).toBe(8)
  expect(new Set(settled.map(({ hands }) => ('during' in hands ? `${hands.kind} ${hands.during}` : hands.kind))).size).toBe(6)
  expect(new Set(plans('sale', 2000).map((plan) => (plan.kind === 'sale' ? plan.habit : ''))).size).toBe(9)
})
