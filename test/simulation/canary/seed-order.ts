/** Which seeds are tried first: those in whose swarm the faults that a bug needs strike most often. */

import { Random } from '../world/random.ts'
import { drawOptions } from '../world/swarm.ts'
import type { Plant } from './plant.ts'

/** Each seed from `from` on, once. Without faults of its own the bug shows anywhere: in their order. */
export function seedsFor({ faults }: Pick<Plant, 'faults'>, from: number, count: number): number[] {
  const seeds = Array.from({ length: count }, (_, index) => from + index)
  if (faults.length === 0) return seeds
  const rates = new Map(seeds.map((seed) => [seed, rateOf(seed, faults)]))
  return seeds.toSorted((left, right) => (rates.get(right) ?? 0) - (rates.get(left) ?? 0) || left - right)
}

/** As `createWorld` draws them. */
function rateOf(seed: number, kinds: Plant['faults']): number {
  const { faults } = drawOptions(new Random(String(seed)).fork('options'))
  return kinds.reduce((sum, kind) => sum + faults[kind], 0)
}
