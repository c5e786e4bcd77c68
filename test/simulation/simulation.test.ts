/** The whole terminal under seeds: card, reader, disk, clock, network and centre are simulated, everything in between is shipped. */

import { expect, it } from 'vitest'
import { failureLines } from './run/report.ts'
import { runSeed } from './run/run-seed.ts'
import { OLD_FINDINGS, SMOKE_SEEDS } from './seeds.ts'

/** What is printed of a failure is all that is needed to see it again. */
const findingOf = ({ seed, failure }: Awaited<ReturnType<typeof runSeed>>): string => (failure === undefined ? 'none' : failureLines(seed, failure, { commit: 'this one', canary: undefined }).join('\n'))

it.each(SMOKE_SEEDS)('seed %i loses and doubles no fen, and happens the same way twice', async (seed) => {
  const first = await runSeed(seed)
  expect(findingOf(first)).toBe('none')
  expect((await runSeed(seed)).hash).toBe(first.hash)
})

it.each(OLD_FINDINGS)('seed $seed, which found that $found, finds nothing', async ({ seed }) => {
  expect(findingOf(await runSeed(seed))).toBe('none')
})
