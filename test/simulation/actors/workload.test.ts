/** People at work in a world in which nothing breaks: whoever is honest gets what he came for, and much is done. */

import { expect, test } from 'vitest'
import type { OperationBegun, OperationEnded } from '../operation.ts'
import { NO_FAULTS } from '../world/swarm.ts'
import { createWorld } from '../world/world.ts'
import { causesOfCard, causesOfPlan } from './causes.ts'
import { beginWorkload } from './workload.ts'

const DAY_MS = 86_400_000

async function lived(seed: number) {
  const world = await createWorld(seed, { hospitalTills: 1, pharmacyTills: 1, cards: 6, days: 2, visitsPerDay: 9, faults: NO_FAULTS })
  const begun: OperationBegun[] = []
  const ended = new Map<string, OperationEnded>()
  const unlawful: string[] = []
  try {
    const workload = beginWorkload(world, { begun: (one) => begun.push(one), ended: (one) => ended.set(one.id, one), unlawful: (detail) => unlawful.push(detail) })
    await world.run(world.options.days * DAY_MS)
    await workload.quiet()
    const conditions = new Map(world.cards.map(({ name, condition }) => [name, condition]))
    return { begun, ended, unlawful, conditions, hits: world.coverage.hits, hash: world.log.hash }
  } finally {
    world.close()
  }
}

test('nothing breaks, and whoever is honest gets what he came for', async () => {
  const { begun, ended, unlawful, conditions, hits } = await lived(5)
  expect(unlawful).toEqual([])
  expect(ended.size).toBe(begun.length)
  expect(begun.length).toBeGreaterThan(40)
  const honest = begun.filter(({ plan, card }) => {
    const condition = conditions.get(card ?? '')
    return causesOfPlan(plan).length === 0 && (condition === undefined || causesOfCard({ condition }).length === 0)
  })
  expect(honest.length).toBeGreaterThan(15)
  const others = honest.map(({ id }) => ended.get(id)?.outcome).filter((outcome) => outcome?.kind !== 'done' && outcome?.kind !== 'left')
  // A card that its holder had reported lost, or whose last day was over, or a till that somebody had set offline.
  expect(others.filter((outcome) => outcome?.kind !== 'refused' || !['card-lost', 'card-expired', 'paused', 'pin-locked'].includes(outcome.refusal))).toEqual([])
  for (const name of ['operation:settled', 'operation:sold', 'operation:closed', 'operation:refunded']) expect(hits[name], name).toBeGreaterThan(0)
}, 120_000)
