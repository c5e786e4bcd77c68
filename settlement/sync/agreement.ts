/**
 * Whether both sides say the same of what was not booked at first. A batch is sent once more to a centre that was put back, but what a
 * person had judged again is in no batch: a centre that was put back to before that has the batch, and the fact as refused. And an
 * answer of its own may be lost, or book more than was asked for. So the centre is asked which facts it has not booked, and whatever
 * is resolved only here, or only there, is judged once more:
 *
 *   before anything goes     each time it has said where it stands: what follows may take back what it has forgotten
 *   when everything is sent  what was sent once more may have been refused anew; and every ten minutes
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { UNBOOKED_FACTS_MAX, type UnbookedFacts } from '../batch/batch.ts'
import { applyRetry, type Applied, type Books } from './apply-answer.ts'
import { endOf } from './batch-maker.ts'
import type { CentreLink, LinkFailure } from './link.ts'
import type { LinkHealth } from './link-health.ts'
import { isWaiting } from './parked.ts'
import type { SyncClock } from './ports.ts'
import type { StopReason } from './stop-reason.ts'
import type { ParkedRow, SyncStore } from './sync-store.ts'

export interface AgreementPorts {
  readonly ledger: Books['ledger']
  readonly store: SyncStore
  readonly link: Pick<CentreLink, 'unbooked' | 'retry'>
  readonly health: LinkHealth
  readonly clock: SyncClock
}

export type Agreed =
  /** `applied`: an entry is resolved, or open again. */
  | { readonly kind: 'asked'; readonly applied?: Applied }
  | { readonly kind: 'failed'; readonly failure: LinkFailure }

const EVERY_MS = 10 * 60_000

export class Agreement {
  readonly #ports: AgreementPorts
  /** The next question is about the facts behind this one; undefined: all have been asked about. */
  #after: number | undefined
  /** To be judged once more. */
  #differing: number[] = []
  /** ms since 1970. */
  #lookedAtMs = 0

  constructor(ports: AgreementPorts) {
    this.#ports = ports
  }

  /** The centre has said where it stands: it may be another than it was. */
  begin(): void {
    this.#lookedAtMs = 0
    this.#differing = []
    this.#after = this.#ports.store.hasParked() ? 0 : undefined
  }

  /** Everything is sent. */
  look(): void {
    const { epochMs } = this.#ports.clock()
    if (this.isDue || Math.abs(epochMs - this.#lookedAtMs) < EVERY_MS) return
    this.begin()
    this.#lookedAtMs = epochMs
  }

  get isDue(): boolean {
    return this.#differing.length > 0 || this.#after !== undefined
  }

  /** One question. */
  async ask(): Promise<Result<Agreed, StopReason>> {
    const sequence = this.#differing.shift()
    return sequence === undefined ? ok(await this.#askBehind(this.#after ?? 0)) : this.#askAgain(sequence)
  }

  async #askBehind(after: number): Promise<Agreed> {
    const { link, health, clock } = this.#ports
    const told = fitting(after, await link.unbooked(after))
    health.heard(told, clock())
    this.#after = undefined
    if (!told.ok) return withoutAnswer(told.error)
    this.#after = told.value.next
    this.#differing = this.#differingOf(after, told.value)
    return { kind: 'asked' }
  }

  async #askAgain(sequence: number): Promise<Result<Agreed, StopReason>> {
    const { store, ledger, link, health, clock } = this.#ports
    const row = store.parked(sequence)
    if (row === undefined) return ok({ kind: 'asked' })
    const answer = await link.retry(sequence)
    const now = clock()
    health.heard(answer, now)
    if (!answer.ok) return ok(withoutAnswer(answer.error))
    const applied = applyRetry({ store, ledger }, row, answer.value, now.time)
    return applied.ok ? ok({ kind: 'asked', applied: changed(row, applied.value) }) : applied
  }

  #differingOf(after: number, { facts, next }: UnbookedFacts): number[] {
    const { store } = this.#ports
    const known = endOf(store.batch(store.answeredTo()))
    const unbooked = new Set(facts)
    const onlyHere = facts.filter((sequence) => store.parked(sequence)?.state === 'resolved')
    const onlyThere = waitingUpTo(store, after, Math.min(next ?? known, known))
      .filter(({ sequence, verdict }) => verdict.kind !== 'answer-differs' && !unbooked.has(sequence))
      .map(({ sequence }) => sequence)
    return [...onlyHere, ...onlyThere].toSorted((left, right) => left - right)
  }
}

const withoutAnswer = (failure: LinkFailure): Agreed => (failure.kind === 'refused' ? { kind: 'asked' } : { kind: 'failed', failure })

function changed(before: ParkedRow, { sequence, state }: ParkedRow): Applied {
  const isParked = isWaiting(state) && !isWaiting(before.state)
  const isAccepted = state === 'resolved' && isWaiting(before.state)
  return { accepted: isAccepted ? [sequence] : [], adjusted: [], parked: isParked ? [sequence] : [], noted: 0 }
}

/** Every question must lead on, and every answer stay within it. */
function fitting(after: number, told: Result<UnbookedFacts, LinkFailure>): Result<UnbookedFacts, LinkFailure> {
  if (!told.ok) return told
  const { facts, next } = told.value
  const places = [after, ...facts, ...(next === undefined ? [] : [next + 1])]
  const isAscending = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0))
  const leadsOn = next === undefined || next > after
  if (isAscending && leadsOn) return told
  return refuse({ kind: 'centre-down', status: undefined, cause: `asked for what is not booked behind fact ${after}, told of others` })
}

function waitingUpTo(store: SyncStore, after: number, last: number): ParkedRow[] {
  const waiting: ParkedRow[] = []
  for (;;) {
    const page = store.parkedWaiting(waiting.at(-1)?.sequence ?? after, UNBOOKED_FACTS_MAX)
    const within = page.filter(({ sequence }) => sequence <= last)
    waiting.push(...within)
    if (within.length < UNBOOKED_FACTS_MAX) return waiting
  }
}
