/**
 * One seed from beginning to end: the world is made, people come to its tills for some days while faults strike, then faults end
 * and everything is given the time to come right. The auditor looks after every event, from scratch at every midnight, and at
 * the end. Nothing of the house is loaded before this file: a planted bug is in place by then.
 */

import { AuditFailure } from '../auditor/failure.ts'
import { Auditor } from '../auditor/auditor.ts'
import { beginWorkload } from '../actors/workload.ts'
import { createWorld } from '../world/world.ts'
import { optionLines } from '../world/swarm.ts'
import type { World } from '../world/faces.ts'
import { countingObserver } from '../coverage.ts'
import type { Failure, SeedOutcome } from './outcome.ts'
import { overhear } from './overhear.ts'

/** An operation ended as its plan and the faults that struck cannot end. */
class Unlawful extends Error {
  override readonly name = 'Unlawful'
}

const DAY_MS = 86_400_000
/** Operations below which a run has done nothing. */
const OPERATIONS_MIN = 3

export async function runSeed(seed: number, story?: (line: string) => void): Promise<SeedOutcome> {
  const began = process.cpuUsage()
  const world = await createWorld(seed)
  const begin = world.scheduler.now
  if (story !== undefined) world.log.follow(story)
  try {
    const failure = await failureOf(world)
    const { user, system } = process.cpuUsage(began)
    const { log, scheduler, coverage, terminalDays } = world
    const outcome = {
      seed,
      hash: log.hash,
      events: scheduler.events,
      terminalDays,
      simulatedMs: scheduler.now - begin,
      cpuMs: Math.round((user + system) / 1000),
      hits: coverage.hits
    }
    return failure === undefined ? outcome : { ...outcome, failure }
  } finally {
    world.close()
  }
}

async function failureOf(world: World): Promise<Failure | undefined> {
  try {
    await live(world)
    return undefined
  } catch (cause) {
    const { log, time, options } = world
    return { ...named(cause), at: time, options: optionLines(options), last: log.last }
  }
}

async function live(world: World): Promise<void> {
  const auditor = new Auditor({ cards: world.cards, terminals: world.terminals, centre: world.centre, keys: world.keys })
  world.observe((observation) => auditor.told(observation))
  const leave = overhear((line) => auditor.told({ kind: 'support-line', line }))
  world.scheduler.afterEach = () => auditor.step()
  world.atMidnight(() => auditor.day())
  const workload = beginWorkload(world, {
    begun: () => undefined,
    ended: () => undefined,
    unlawful: (detail) => world.scheduler.fail(new Unlawful(detail))
  })
  world.observe(countingObserver((name) => world.coverage.hit(name), (card) => world.cards.find(({ name }) => name === card)?.condition))
  try {
    await world.run(world.options.days * DAY_MS)
    world.faults.off()
    await workload.quiet()
    auditor.day()
    auditor.quiet()
  } finally {
    leave()
    for (const [rule, times] of auditor.looked) world.coverage.hit(`rule:${rule}`, times)
    auditor.close()
  }
  if (workload.operations < OPERATIONS_MIN) throw new Unlawful(`only ${workload.operations} operations in ${world.options.days} days: a run that did nothing proves nothing`)
}

function named(cause: unknown): Pick<Failure, 'rule' | 'detail'> {
  if (cause instanceof AuditFailure) return { rule: cause.rule, detail: cause.detail }
  if (cause instanceof Unlawful) return { rule: 'unlawful', detail: cause.message }
  return { rule: 'broken', detail: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }
}
