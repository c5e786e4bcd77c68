import { expect, test } from 'vitest'
import type { SeedOutcome } from '../run/outcome.ts'
import type { Plant } from './plant.ts'
import { Random } from '../world/random.ts'
import { drawOptions } from '../world/swarm.ts'
import { seedsFor } from './seed-order.ts'
import { isCaught, verdictLine, verdictOn } from './verdict.ts'

const PLANT: Plant = { name: 'sample', mistake: 'm', cost: 'c', edits: [], rules: ['card-balance'], faults: [] }

const outcome = (seed: number, rule?: string): SeedOutcome => ({
  seed,
  hash: '',
  events: 0,
  terminalDays: 0,
  simulatedMs: 0,
  cpuMs: 0,
  hits: {},
  ...(rule === undefined ? {} : { failure: { rule, detail: 'card-3 has 5 fen less\nat line 7', at: '20260105093000', options: [], last: [] } })
})

test('the first seed with a finding decides, and how many it took', () => {
  const verdict = verdictOn(PLANT, [outcome(1), outcome(2), outcome(3, 'card-balance')])
  expect(verdictLine(PLANT, verdict)).toBe('sample                               caught in 3 seeds by card-balance (seed 3): card-3 has 5 fen less')
  expect(verdict).toMatchObject({ isExpected: true })
})

test('another rule catches as well, and is told apart', () => {
  expect(verdictOn(PLANT, [outcome(1, 'unlawful')])).toMatchObject({ kind: 'caught', rule: 'unlawful', isExpected: false })
})

test.each([
  ['no finding in 200 seeds', Array.from({ length: 200 }, (_, index) => outcome(index + 1)), 'sample                               MISSED in 200 seeds'],
  ['a program that broke', [outcome(7, 'broken')], 'sample                               BROKE the program in seed 7, and no rule saw it: card-3 has 5 fen less']
])('%s is not caught', (_, outcomes, line) => {
  const verdict = verdictOn(PLANT, outcomes)
  expect(isCaught(verdict)).toBe(false)
  expect(verdictLine(PLANT, verdict)).toBe(line)
})

test('the seeds in which its faults strike most are tried first, and each of them once', () => {
  const seeds = seedsFor({ faults: ['reply-lost'] }, 1, 200)
  expect(seedsFor({ faults: [] }, 5, 3)).toEqual([5, 6, 7])
  expect(seeds.toSorted((left, right) => left - right)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  expect(rateIn(seeds[0])).toBe(100)
  expect(rateIn(seeds[199])).toBe(0)
})

const rateIn = (seed = 0): number => drawOptions(new Random(String(seed)).fork('options')).faults['reply-lost']
