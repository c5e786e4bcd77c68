import { expect, test } from 'vitest'
import { FloodGate } from './flood-gate.ts'
import { COUNTED_MAX } from './limits.ts'

test('a burst passes, the next one waits, and what time gives back passes again', () => {
  const gate = new FloodGate({ burst: 3, perSecond: 0.5 })
  expect([0, 0, 0, 0].map((now) => gate.pass('a', now))).toEqual([undefined, undefined, undefined, 2])
  expect([gate.pass('a', 1_000), gate.pass('a', 2_000), gate.pass('a', 2_000)]).toEqual([1, undefined, 2])
})

test('one does not wait for another, and rest never gives more than the burst', () => {
  const gate = new FloodGate({ burst: 1, perSecond: 1 })
  expect([gate.pass('a', 0), gate.pass('b', 0), gate.pass('a', 0)]).toEqual([undefined, undefined, 1])
  expect([gate.pass('a', 60_000), gate.pass('a', 60_000)]).toEqual([undefined, 1])
})

test('a clock set back neither gives nor takes', () => {
  const gate = new FloodGate({ burst: 2, perSecond: 1 })
  expect([gate.pass('a', 60_000), gate.pass('a', 0), gate.pass('a', 0), gate.pass('a', 1_000)]).toEqual([undefined, undefined, 1, undefined])
})

test('counts a bounded number of callers: the quietest is forgotten first', () => {
  const gate = new FloodGate({ burst: 1, perSecond: 0.001 })
  gate.pass('first', 0)
  gate.pass('second', 0)
  gate.pass('first', 0)
  for (let other = 0; other < COUNTED_MAX - 1; other++) gate.pass(String(other), 0)
  expect([gate.pass('second', 0), gate.pass('first', 0)]).toEqual([undefined, undefined])
  expect(gate.pass(String(COUNTED_MAX - 2), 0)).toBe(1000)
})
