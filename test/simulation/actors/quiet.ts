/**
 * The quiet at the end. Nothing strikes any more; every card with something open is put in where it is open, and its PIN given;
 * tills go online and send what they have; what the centre does not book gets somebody's name; and every day is closed.
 */

import { isOfCard } from './card-at-counter.ts'
import type { SyncView } from '../../../electron/contract/sync-view.ts'
import { isStoppedByLoss } from './losses.ts'
import type { People } from './people.ts'
import { perform } from './perform.ts'
import { honest, type ClosePlan, type LinkPlan } from './plan.ts'
import type { TillDays } from './till-day.ts'
import type { Window } from './window.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Longer than any backoff, any late request and any close together. */
const QUIET_MS_MAX = 48 * HOUR
const ROUNDS = 4
const PATIENT_MS = 15 * MINUTE
/** Ten minutes, and what looking takes. */
const LONGEST_REST_MS = 11 * MINUTE
const LOOKS_MAX = 240

const HONEST_CLOSE: ClosePlan = { kind: 'close', counts: 'right', resolves: 'everything', reopens: 'no', signs: 'what-was-seen' }

/** `isStopped`: something was found, and nobody needs the rest. */
export async function comeRight(people: People, tills: readonly TillDays[], isStopped: () => boolean): Promise<void> {
  const { world } = people
  const progress = { isDone: false }
  const work = Promise.all(tills.map(({ done }) => done))
    .then(() => mend(people))
    .then(() => Promise.all(people.windows.map((window) => rest(people, window))))
    .then(() => Promise.all(people.windows.map((window) => asksOnceMore(people, window))))
    .then(
      () => {
        progress.isDone = true
      },
      (cause: unknown) => {
        progress.isDone = true
        people.listeners.unlawful('broken', cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
      }
    )
  const until = world.scheduler.now + QUIET_MS_MAX
  while (!progress.isDone && !isStopped() && world.scheduler.now < until) await world.run(MINUTE)
  if (progress.isDone) return work
  if (!isStopped()) people.listeners.unlawful('unlawful', `after ${QUIET_MS_MAX / HOUR} hours of quiet there is still something to do`)
}

/** What stands in the way of cards and tills is taken out of it. */
async function mend(people: People): Promise<void> {
  const { world } = people
  for (const card of world.cards) {
    const known = people.of(card)
    if (known.isReported) await world.office.found(card)
    // A centre that was put back may have an old mistake again.
    await world.office.register(card, 'right')
    known.isReported = false
    if (known.isLocked || known.triesSpent) known.isLocked = !world.office.unblockPin(card) && known.isLocked
  }
  for (const { till } of people.windows) if (!till.alive) await till.start()
  for (const window of people.windows) {
    if (window.sync?.link === 'paused' || people.at(window.till).isPaused) await tend(people, window, 'resumes')
  }
  for (const window of people.windows) {
    await supportComes(people, window)
    if (typeof window.sync?.lostBatches === 'number') await tend(people, window, 'hurries')
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const window of people.windows) await proveCards(people, window)
  }
}

/** One till at a time: a card is in one place. */
async function proveCards(people: People, window: Window): Promise<void> {
  const state = await window.ask('terminal.state', {})
  if (state.kind !== 'value') return
  const { inDoubt } = state.value
  for (const card of people.world.cards.filter((each) => inDoubt.some((doubt) => isOfCard(doubt, each)))) {
    await perform(people, 'come-back', { window, card, plan: { kind: 'come-back', ...honest() } })
  }
}

async function rest(people: People, window: Window): Promise<void> {
  await people.world.scheduler.sleep(PATIENT_MS, `${window.till.name} is left alone`)
  await supportComes(people, window)
  await triesSoon(people, window)
  await tend(people, window, 'hurries')
  await sent(people, window)
  await tend(people, window, 'retries')
  await sent(people, window)
  await tend(people, window, 'hands-over')
  await perform(people, 'close', { window, plan: HONEST_CLOSE })
  await tend(people, window, 'hurries')
  const sync = await sent(people, window)
  if (sync !== undefined && !isSent(sync) && !isStoppedByLoss(people, window.till, sync)) {
    people.listeners.unlawful('unlawful', `${window.till.name} does not get rid of what it has: ${JSON.stringify({ link: sync.link, queue: sync.queue, unconfirmed: sync.unconfirmed, attempt: sync.attempt })}`)
  }
}

/**
 * A till that says that its books are older than its centre's: they are fetched, unless it has gone on by itself. Where support does not
 * come, whoever hurries the till does it at the window.
 */
async function supportComes(people: People, window: Window): Promise<void> {
  const state = await window.ask('terminal.state', {})
  if (state.kind !== 'value' || !isStoppedByLoss(people, window.till, state.value.sync)) return
  if (people.world.random.fork('support').fork(window.till.name).chance(1, 2)) await window.till.fetchLost()
  await people.world.scheduler.sleep(PATIENT_MS, `${window.till.name} is left alone`)
}

/** The centre may have heard from the other tills of what was in doubt here. */
async function asksOnceMore(people: People, window: Window): Promise<void> {
  await tend(people, window, 'hurries')
  await sent(people, window)
}

/** Nobody hurries it: a till by itself tries again within its longest rest, whatever its clock has been through. */
async function triesSoon(people: People, window: Window): Promise<void> {
  const state = await window.ask('terminal.state', {})
  const nextAt = state.kind === 'value' ? state.value.sync.attempt?.nextAt : undefined
  if (typeof nextAt !== 'string') return
  const waits = momentOf(nextAt) - people.world.scheduler.now
  if (waits > LONGEST_REST_MS) people.listeners.unlawful('unlawful', `${window.till.name} waits for its centre until ${nextAt}, ${Math.round(waits / MINUTE)} minutes from now`)
}

/** "2026-01-05 08:00:00" in China, as ms. */
const momentOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`)

const tend = (people: People, window: Window, what: LinkPlan['what']) => perform(people, 'link', { window, plan: { kind: 'link', what } })

/** Nothing waits to be sent, and what is not confirmed has an answer. */
const isSent = ({ queue, unconfirmed, parked }: SyncView): boolean => queue.facts === 0 && queue.batches === 0 && unconfirmed.count <= parked.length

async function sent(people: People, window: Window): Promise<SyncView | undefined> {
  let last: SyncView | undefined
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const state = await window.ask('terminal.state', {})
    if (state.kind === 'value') last = state.value.sync
    if (last !== undefined && (isSent(last) || isStoppedByLoss(people, window.till, last))) return last
    await people.world.scheduler.sleep(MINUTE, `${window.till.name} waits for its centre`)
  }
  return last
}
