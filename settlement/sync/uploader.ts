/**
 * Brings the batches to the centre in their order, the next one on its way while one is judged, and the one after it made. It begins
 * with asking where the centre stands:
 *
 *   behind what is answered here    the centre was put back from an older copy: the batches after it are sent once more, until
 *                                   each has been answered anew
 *   between answered and made       an answer was lost: the same batch goes again and gets the same answer
 *   ahead of what is made here      by facts that the ledger has: only the batches were lost, and are made once more as they were;
 *                                   by others, this ledger was put back from an older copy: nothing is sent, a person looks
 *
 * After every try that came to nothing it waits and asks again where the centre stands, so that batches only travel when
 * somebody has answered just before, and at most two of them for nothing.
 */

import { ok, type Result } from '../../base/result.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { keepApart, olderLedger } from './apart.ts'
import { applyAnswer, type Applied } from './apply-answer.ts'
import { BatchMaker, type BatchLimits, type Wanted } from './batch-maker.ts'
import type { CentreLink, LinkFailure } from './link.ts'
import type { LinkHealth } from './link-health.ts'
import { madeBatches, nextAfter } from './next-batch.ts'
import type { Breath, Compress, Reached, SyncClock } from './ports.ts'
import type { OlderLedger, StopReason } from './stop-reason.ts'
import type { Apart, BatchRow, SyncStore } from './sync-store.ts'

export interface UploaderPorts {
  readonly ledger: Pick<Ledger, 'head' | 'links' | 'lendContents' | 'kinds' | 'confirmAll' | 'awaiting'>
  readonly store: SyncStore
  readonly link: CentreLink
  readonly health: LinkHealth
  readonly clock: SyncClock
  readonly compress: Compress
  readonly reached: Reached
  /** As enrolled. */
  readonly terminal: string
  readonly limits?: BatchLimits
  /** With it, the next batch is made and sent while the centre judges one; without, when it has answered. */
  readonly breath?: Breath
}

export type Uploaded =
  /** Call again: something was done and more may follow. */
  | { readonly kind: 'worked'; readonly applied?: Applied }
  /** Nothing to send until the ledger or the time goes on. */
  | { readonly kind: 'idle' }
  /** The try came to nothing; `health` says when the next is due. */
  | { readonly kind: 'failed'; readonly failure: LinkFailure }
  | { readonly kind: 'stopped'; readonly reason: StopReason }

/** A batch that is under way. */
interface Asked {
  readonly number: number
  readonly answer: ReturnType<CentreLink['upload']>
  /** All of it has left, or it has come to nothing. */
  readonly left: Promise<unknown>
  hasLeft: boolean
  hasAnswer: boolean
}

/** "Batch out of order" so often in a row: the two do not find each other. */
const OUT_OF_ORDER_MAX = 3

/** It got there before the batch that it follows, or the centre had no room for a second one: it goes again at its turn. */
const wasEarly = (failure: LinkFailure): boolean =>
  failure.kind === 'too-many' || (failure.kind === 'refused' && failure.reason === 'batch-out-of-order')

export class Uploader {
  readonly #ports: UploaderPorts
  readonly #maker: BatchMaker
  /** Number of the batch that goes next; undefined until the centre has said where it stands. */
  #next: number | undefined
  /** Up to this one the centre has batches of this ledger's facts that are not here: those behind the last made are made again. */
  #lostTo: number | undefined
  #apart: Apart | undefined
  #older: OlderLedger | undefined
  #outOfOrder = 0
  #stop: StopReason | undefined
  /** Under way before their turn, in their order. */
  #ahead: Asked[] = []

  constructor(ports: UploaderPorts) {
    this.#ports = ports
    this.#maker = new BatchMaker(ports)
    this.#readApart()
  }

  get stop(): StopReason | undefined {
    return this.#stop
  }

  /** This ledger was put back from an older copy, as far as the centre has ever said. */
  get older(): OlderLedger | undefined {
    return this.#older
  }

  /** Fetching has written down how far the two are apart now. Where they have parted, nothing is waited for any more. */
  fetched(): void {
    this.#readApart()
    if (this.#apart?.kind === 'parted') this.#stop = { kind: 'histories-differ', batch: this.#apart.batch }
  }

  /** Number of the last batch that the centre has answered since it said where it stands. */
  get sent(): number | undefined {
    return this.#next === undefined ? undefined : this.#next - 1
  }

  /** A person has looked, and wants it tried again from the beginning. */
  begin(): void {
    this.#stop = undefined
    this.#lostTo = undefined
    this.doubt()
    this.#outOfOrder = 0
  }

  /** Another question has come to nothing: where the centre stands is asked before anything goes, also when nothing has to. */
  doubt(): void {
    this.#next = undefined
    this.#ahead = []
  }

  /** At most one request. `wanted`: which of the facts that are in no batch yet are to go. */
  async step(wanted: Wanted): Promise<Uploaded> {
    if (this.#stop !== undefined) return { kind: 'stopped', reason: this.#stop }
    if (this.#lostTo !== undefined) return this.#stopped(await this.#remake(this.#lostTo))
    if (this.#next === undefined) return this.#stopped(await this.#askStanding())
    const batch = this.#ports.store.batch(this.#next)
    return this.#stopped(batch === undefined ? await this.#make(wanted) : await this.#send(batch))
  }

  /** While nobody answers: what fills a batch is made all the same, so that little is left to do when the centre is back. */
  async makeAhead(): Promise<Uploaded> {
    if (this.#stop !== undefined) return { kind: 'stopped', reason: this.#stop }
    // The facts of lost batches belong into these and no others.
    if (this.#apart !== undefined) return { kind: 'idle' }
    return this.#stopped(await this.#make('full'))
  }

  #stopped(outcome: Uploaded): Uploaded {
    if (outcome.kind === 'stopped') this.#stop = outcome.reason
    return outcome
  }

  async #make(wanted: Wanted): Promise<Uploaded> {
    const made = await this.#maker.slice(wanted)
    if (!made.ok) return { kind: 'stopped', reason: made.error }
    return { kind: made.value === 'nothing' ? 'idle' : 'worked' }
  }

  async #askStanding(): Promise<Uploaded> {
    const { link, health, clock } = this.#ports
    const standing = await link.standing()
    if (!standing.ok) return this.#failed(standing.error)
    health.answered(clock())
    const next = nextAfter(this.#ports, standing.value)
    if (!next.ok) return { kind: 'stopped', reason: this.#apartBy(next.error) }
    const { batch } = standing.value
    const heard = this.#hear(next.value === 'lost' ? { kind: 'batches-missing', batch } : undefined)
    if (!heard.ok) return { kind: 'stopped', reason: heard.error }
    if (next.value === 'lost') this.#lostTo = batch
    else this.#next = next.value
    return { kind: 'worked' }
  }

  /** Once the two have parted, that the centre is ahead says nothing new. */
  #apartBy(reason: StopReason): StopReason {
    if (reason.kind !== 'centre-ahead' && reason.kind !== 'histories-differ') return reason
    const isAhead = reason.kind === 'centre-ahead'
    if (isAhead && this.#apart?.kind === 'parted') return { kind: 'histories-differ', batch: this.#apart.batch }
    const heard = this.#hear(isAhead ? { kind: 'facts-missing', batch: reason.centre } : { kind: 'parted', batch: reason.batch })
    return heard.ok ? reason : heard.error
  }

  #hear(apart: Apart | undefined): Result<null, StoreFailure> {
    const { store } = this.#ports
    if (apart?.kind === this.#apart?.kind && apart?.batch === this.#apart?.batch) return ok(null)
    const kept = keepApart(store, apart)
    if (kept.ok) this.#readApart()
    return kept
  }

  #readApart(): void {
    const { store } = this.#ports
    this.#apart = store.apart()
    this.#older = olderLedger(store)
  }

  async #remake(last: number): Promise<Uploaded> {
    const { link, health, clock } = this.#ports
    const next = madeBatches(this.#ports.store) + 1
    const kept = await link.kept(next)
    // A centre that does not know the question.
    if (!kept.ok && kept.error.kind === 'refused') return { kind: 'stopped', reason: { kind: 'centre-ahead', centre: last, here: next - 1 } }
    if (!kept.ok) return this.#failed(kept.error)
    health.answered(clock())
    const made = await this.#maker.remake(kept.value)
    if (!made.ok) return { kind: 'stopped', reason: made.error }
    if (made.value === 'differs') return { kind: 'stopped', reason: this.#apartBy({ kind: 'histories-differ', batch: next }) }
    if (next < last) return { kind: 'worked' }
    this.#lostTo = undefined
    const heard = this.#hear(undefined)
    return heard.ok ? { kind: 'worked' } : { kind: 'stopped', reason: heard.error }
  }

  async #send(batch: BatchRow): Promise<Uploaded> {
    const { health, clock, store, ledger, reached, breath } = this.#ports
    const { number } = batch
    const isAhead = this.#ahead[0]?.number === number
    const asked = isAhead ? this.#ahead.shift() : this.#ask(batch)
    if (!isAhead) this.#ahead = []
    if (asked === undefined) {
      return { kind: 'stopped', reason: { kind: 'store-failure', cause: 'corrupt', detail: `the body of batch ${number} is missing` } }
    }
    await this.#workMeanwhile(asked)
    const answer = await asked.answer
    if (!answer.ok) return isAhead && wasEarly(answer.error) ? { kind: 'worked' } : this.#failed(answer.error)
    reached('sync-answered')
    health.answered(clock())
    this.#sendAhead(number + 1)
    // So that the centre need not wait while this answer is written down.
    const [next] = this.#ahead
    if (next?.hasLeft === true && !next.hasAnswer) this.#sendAhead(number + 2)
    const applied = await applyAnswer({ store, ledger }, batch, answer.value, { clock, breath })
    if (!applied.ok) return { kind: 'stopped', reason: applied.error }
    reached('sync-applied')
    this.#next = number + 1
    this.#outOfOrder = 0
    return { kind: 'worked', applied: applied.value }
  }

  #ask({ number, hash }: BatchRow): Asked | undefined {
    const { link, store, reached } = this.#ports
    const body = store.body(number)
    if (body === undefined) return undefined
    let leave: (() => void) | undefined
    const left = new Promise<void>((resolve) => (leave = resolve))
    const answer = link.upload({ number, hash, body }, () => {
      reached('sync-sent')
      leave?.()
    })
    const asked: Asked = { number, answer, left: Promise.race([left, answer]), hasLeft: false, hasAnswer: false }
    const gone = (): void => {
      asked.hasLeft = true
    }
    const end = (): void => {
      asked.hasAnswer = true
    }
    asked.left.then(gone, gone)
    answer.then(end, end)
    return asked
  }

  /**
   * The next one is made until this one is answered, and goes when this one has left: the centre has it before it when it is done. The
   * one after it is made too, and goes with the answer.
   */
  async #workMeanwhile(asked: Asked): Promise<void> {
    if (this.#ports.breath === undefined) return
    await this.#makeMeanwhile(asked, asked.number + 1)
    await asked.left
    if (asked.hasAnswer) return
    this.#sendAhead(asked.number + 1)
    await this.#makeMeanwhile(asked, asked.number + 2)
  }

  /**
   * Should the answer to the one before it not fit, what comes to it is left aside: where the centre stands is asked before anything
   * else goes.
   */
  #sendAhead(number: number): void {
    if (this.#ports.breath === undefined || this.#ahead.some((asked) => asked.number === number)) return
    const next = this.#ports.store.batch(number)
    const asked = next && this.#ask(next)
    if (asked !== undefined) this.#ahead.push(asked)
  }

  /** Up to that batch. What is wrong with it, making says again when its own turn has come. */
  async #makeMeanwhile(asked: Asked, number: number): Promise<void> {
    const { breath, store } = this.#ports
    while ((store.lastBatch()?.number ?? 0) < number) {
      await breath?.()
      if (asked.hasAnswer) return
      const made = await this.#maker.slice('full')
      if (!made.ok || made.value === 'nothing') return
    }
  }

  #failed(failure: LinkFailure): Uploaded {
    const { health, clock } = this.#ports
    health.failed(failure, clock())
    this.doubt()
    if (failure.kind !== 'refused') return { kind: 'failed', failure }
    if (failure.reason === 'batch-out-of-order') {
      // The centre stands elsewhere than it said a moment ago: ask again.
      this.#outOfOrder += 1
      if (this.#outOfOrder < OUT_OF_ORDER_MAX) return { kind: 'failed', failure }
    }
    const { reason, message } = failure
    return { kind: 'stopped', reason: { kind: 'refused', reason, message } }
  }
}
