import { expect, test } from 'vitest'
import type { Struck } from '../world/observation.ts'
import { causesOfCard, causesOfPlan, causesOfWorld, type Cause } from './causes.ts'
import { judgeEnd, judgeRefusal } from './lawful.ts'
import { honest } from './plan.ts'

const MINUTE = 60_000
const causes = (...some: Cause[]): ReadonlySet<Cause> => new Set(some)
const struck = (kind: Struck['kind'], at: number, more: Partial<Struck> = {}): Struck => ({ number: 1, kind, at, terminal: 'hospital-1', card: undefined, ...more })

test('an honest holder with a sound card has no cause to be refused', () => {
  expect(causesOfPlan({ kind: 'come-back', ...honest() })).toEqual([])
  expect(causesOfCard({ condition: 'in-service-32k' })).toEqual([])
  expect(judgeRefusal('wrong-pin', causes())).toEqual({ isLawful: false, why: expect.stringContaining('here: nothing at all') })
})

test.each<[string, Cause]>([
  ['wrong-pin', 'wrong-pin'],
  ['card-expired', 'card-expired'],
  ['session-ended', 'pulls-the-card'],
  ['in-doubt', 'contact'],
  ['store-failure', 'disk'],
  ['visit-already-settled', 'text-settled-before']
])('%s is explained by %s', (kind, cause) => {
  expect(judgeRefusal(kind, causes(cause)).isLawful).toBe(true)
  expect(judgeRefusal(kind, causes('midnight')).isLawful).toBe(false)
})

test('a refusal that no row knows is a finding', () => {
  expect(judgeRefusal('no-such-kind', causes('contact'))).toEqual({ isLawful: false, why: '"no-such-kind" stands in no row of the table' })
})

test('what passes may be heard at any moment and is nobody\'s last word', () => {
  expect(judgeRefusal('bill-stale', causes()).isLawful).toBe(true)
  expect(judgeEnd('bill-stale', causes()).isLawful).toBe(false)
  expect(judgeEnd('pin-not-given', causes('pulls-the-card')).isLawful).toBe(true)
})

test('a fault is felt at its till or with its card, and only for its time', () => {
  const mute = struck('card-mute', 0, { card: 'card-1' })
  expect([...causesOfWorld([mute], MINUTE, 'hospital-1', 'card-1')]).toEqual(['contact'])
  expect([...causesOfWorld([mute], MINUTE, 'hospital-2', 'card-1')]).toEqual(['contact'])
  expect([...causesOfWorld([mute], MINUTE, 'hospital-2', 'card-2')]).toEqual([])
  expect([...causesOfWorld([mute], 2 * MINUTE, 'hospital-1', 'card-1')]).toEqual([])
  expect([...causesOfWorld([struck('centre-down', 0, { terminal: undefined })], 60 * MINUTE, 'hospital-2', 'card-2')]).toEqual(['centre'])
  expect([...causesOfWorld([struck('stranger', 0, { terminal: undefined })], 0, 'hospital-1', 'card-1')]).toEqual([])
})
