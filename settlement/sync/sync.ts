/**
 * One terminal and its centre. The host calls `step` when nobody waits; a step makes a slice of a batch or waits for the answer to
 * one question, while the next batch may be under way. A person may have it tried at once, go offline, have a parked entry judged
 * again, or hand one over.
 */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { Agreement } from './agreement.ts'
import { lostBatches } from './apart.ts'
import { applyRetry, type Applied } from './apply-answer.ts'
import { endOf, type BatchLimits, type Wanted } from './batch-maker.ts'
import { Doubts, type ReleasedHold } from './doubts.ts'
import { Downloads } from './downloads.ts'
import type { CentreLink, DownloadKind, LinkFailure } from './link.ts'
import { LinkHealth } from './link-health.ts'
import { isWaiting, type ParkedState } from './parked.ts'
import type { Breath, Compress, Reached, SyncClock, SyncEntropy } from './ports.ts'
import { restoreLedger, type Proof, type Restored, type RestoreStop } from './restore-ledger.ts'
import type { OlderLedger, StopReason } from './stop-reason.ts'
import type { ParkedRow, SyncStore, Unanswered } from './sync-store.ts'
import { Uploader } from './uploader.ts'

export interface SyncPorts {
  readonly ledger: Pick<Ledger, 'head' | 'links' | 'lendContents' | 'kinds' | 'confirmAll' | 'awaiting' | 'openHolds' | 'release' | 'restore'>
  readonly store: SyncStore
  readonly link: CentreLink
  readonly clock: SyncClock
  readonly entropy: SyncEntropy
  readonly compress: Compress
  readonly reached: Reached
  /** As enrolled: fixmedins_code, "-", two digits. */
  readonly terminal: string
  readonly limits?: BatchLimits
  readonly breath?: Breath
}

export type Stepped =
  /** Call again soon. `applied`: a batch was answered, or an entry judged again; `downloaded`: another version came; `released`: a hold is in doubt no more. */
  | { readonly kind: 'worked'; readonly applied?: Applied; readonly downloaded?: DownloadKind; readonly released?: ReleasedHold }
  /** Until the ledger or the time goes on. */
  | { readonly kind: 'idle' }
  /** Until then, ms since 1970. `failure`: when this very step came to nothing. */
  | { readonly kind: 'waiting'; readonly untilMs: number; readonly failure?: LinkFailure }
  /** Until a person has looked. */
  | { readonly kind: 'stopped'; readonly reason: StopReason }

export interface SyncProgress {
  readonly sent: number
  readonly total: number
  readonly elapsedMs: number
}

export interface SyncStatus {
  readonly queue: Unanswered
  /** Facts that no batch has yet. */
  readonly unmade: number
  readonly stop: StopReason | undefined
  readonly progress: SyncProgress | undefined
}

export type RetryRefusal =
  | { readonly kind: 'not-parked'; readonly sequence: number }
  /** Nothing is left to judge. */
  | { readonly kind: 'no-longer-parked'; readonly sequence: number; readonly state: ParkedState }
  | { readonly kind: 'link'; readonly failure: LinkFailure }
  | { readonly kind: 'stopped'; readonly reason: StopReason }

export type HandOverRefusal =
  | Extract<RetryRefusal, { readonly kind: 'not-parked' | 'no-longer-parked' }>
  /** Whoever takes it over must know what it is about. */
  | { readonly kind: 'note-missing' }
  | StoreFailure

export class Sync {
  readonly health: LinkHealth
  readonly #ports: SyncPorts
  readonly #uploader: Uploader
  readonly #downloads: Downloads
  readonly #doubts: Doubts
  readonly #agreement: Agreement
  #run: { readonly from: number; readonly sinceMs: number } | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(ports: SyncPorts) {
    this.#ports = ports
    this.health = new LinkHealth(ports.entropy)
    this.#uploader = new Uploader({ ...ports, health: this.health })
    this.#downloads = new Downloads({ ...ports, health: this.health })
    this.#doubts = new Doubts({ ...ports, health: this.health })
    this.#agreement = new Agreement({ ...ports, health: this.health })
  }

  /** `wanted`: which of the facts that are in no batch yet are to go. */
  step(wanted: Wanted): Promise<Stepped> {
    return this.#inTurn(() => this.#step(wanted))
  }

  /** A person wants it now: no waiting, and what was stopped is tried from the beginning. */
  hurry(): void {
    this.health.hurry()
    this.#downloads.hurry()
    this.#doubts.hurry()
    this.#uploader.begin()
  }

  get stopped(): StopReason | undefined {
    return this.#uploader.stop
  }

  /** The centre has facts that this ledger has lost: whatever is written now would part the two for good. */
  get older(): OlderLedger | undefined {
    return this.#uploader.older
  }

  /** So many batches of the centre's bring what it has lost. */
  get lostBatches(): number | undefined {
    return lostBatches(this.older)
  }

  /**
   * Fetches what a ledger that was put back from an older copy has lost. Behind it sync begins anew. One that has gone on by itself is
   * an older copy no more: it is another history, whose days must still be closed.
   */
  restore(proof: Proof): Promise<Result<Restored, RestoreStop>> {
    return this.#inTurn(async () => {
      const restored = await restoreLedger({ ...this.#ports, ...proof })
      this.#uploader.fetched()
      if (restored.ok) this.hurry()
      return restored
    })
  }

  /** Has the centre judge a parked entry once more. */
  retry(sequence: number): Promise<Result<ParkedRow, RetryRefusal>> {
    return this.#inTurn(async () => {
      const { store, ledger, link, clock } = this.#ports
      const row = waitingRow(store, sequence)
      if (!row.ok) return row
      if (this.older !== undefined) return refuse({ kind: 'stopped', reason: this.older })
      const answer = await link.retry(sequence)
      const now = clock()
      this.health.heard(answer, now)
      if (!answer.ok) {
        if (answer.error.kind !== 'refused') this.#uploader.doubt()
        return refuse({ kind: 'link', failure: answer.error })
      }
      const applied = applyRetry({ store, ledger }, row.value, answer.value, now.time)
      return applied.ok ? applied : refuse({ kind: 'stopped', reason: applied.error })
    })
  }

  /** When nothing that was begun is under way any more. */
  async ended(): Promise<void> {
    await this.#turn
  }

  /** A person at another place has it now, with a note of what it is about. */
  handOver(sequence: number, note: string): Result<ParkedRow, HandOverRefusal> {
    return handOver(this.#ports, sequence, note)
  }

  status(): Result<SyncStatus, StoreFailure> {
    const { store, ledger, clock } = this.#ports
    return store.read(() => {
      const head = ledger.head()
      const end = head.ok ? head.value.sequence : 0
      const run = this.#run
      const progress = run && { sent: this.#sentTo() - run.from, total: end - run.from, elapsedMs: clock().epochMs - run.sinceMs }
      return { queue: store.unanswered(), unmade: Math.max(0, end - endOf(store.lastBatch())), stop: this.#uploader.stop, progress }
    })
  }

  async #step(wanted: Wanted): Promise<Stepped> {
    const { clock } = this.#ports
    if (!this.health.isDue(clock())) {
      const ahead = await this.#uploader.makeAhead()
      return ahead.kind === 'worked' ? ahead : { kind: 'waiting', untilMs: this.health.nextAtMs }
    }
    const due = this.#isThere() ? this.#downloads.due() : undefined
    if (due !== undefined) return this.#fetch(due)
    if (this.#hasStanding && this.#agreement.isDue) return this.#agree()
    const uploaded = await this.#upload(wanted)
    return uploaded.kind === 'idle' ? this.#clear() : uploaded
  }

  /** Somebody answered last, be it that he takes no batches; or no batch asks whether anybody does. */
  #isThere(): boolean {
    return this.health.state === 'up' || this.health.state === 'refused' || this.#uploader.stop !== undefined
  }

  get #hasStanding(): boolean {
    return this.#uploader.sent !== undefined
  }

  async #agree(): Promise<Stepped> {
    const asked = await this.#agreement.ask()
    if (!asked.ok) return { kind: 'stopped', reason: asked.error }
    const { value } = asked
    if (value.kind === 'failed') return this.#cameToNothing(value.failure)
    return value.applied === undefined ? { kind: 'worked' } : { kind: 'worked', applied: value.applied }
  }

  async #fetch(kind: DownloadKind): Promise<Stepped> {
    const fetched = await this.#downloads.fetch(kind)
    if (!fetched.ok) return { kind: 'stopped', reason: fetched.error }
    const { value } = fetched
    if (value.kind === 'failed' && value.failure.kind !== 'refused') return this.#cameToNothing(value.failure)
    return value.kind === 'fresh' ? { kind: 'worked', downloaded: kind } : { kind: 'worked' }
  }

  /** Everything is sent, the holds with it. */
  async #clear(): Promise<Stepped> {
    this.#agreement.look()
    if (this.#agreement.isDue) return this.#agree()
    const hold = this.#doubts.due()
    if (!hold.ok) return { kind: 'stopped', reason: hold.error }
    if (hold.value === undefined) return { kind: 'idle' }
    const cleared = await this.#doubts.ask(hold.value)
    if (!cleared.ok) return { kind: 'stopped', reason: cleared.error }
    const { value } = cleared
    if (value.kind === 'failed') return this.#cameToNothing(value.failure)
    return value.kind === 'released' ? { kind: 'worked', released: value.released } : { kind: 'worked' }
  }

  async #upload(wanted: Wanted): Promise<Stepped> {
    const [before, hadStanding] = [this.#sentTo(), this.#hasStanding]
    const uploaded = await this.#uploader.step(wanted)
    if (!hadStanding && this.#hasStanding) this.#agreement.begin()
    switch (uploaded.kind) {
      case 'worked':
        if (uploaded.applied !== undefined) this.#run ??= { from: before, sinceMs: this.#ports.clock().epochMs }
        return uploaded
      case 'idle':
        this.#run = undefined
        return uploaded
      case 'failed':
        this.#run = undefined
        return this.#waiting(uploaded.failure)
      case 'stopped':
        this.#run = undefined
        return uploaded
      default:
        return never(uploaded)
    }
  }

  /** Of a question beside the batches: before the next of them goes it is asked where the centre stands. */
  #cameToNothing(failure: LinkFailure): Stepped {
    this.#uploader.doubt()
    return this.#waiting(failure)
  }

  #waiting(failure: LinkFailure): Stepped {
    return { kind: 'waiting', untilMs: this.health.nextAtMs, failure }
  }

  /** The last fact that the centre has answered in this run. */
  #sentTo(): number {
    const { store } = this.#ports
    return endOf(store.batch(this.#uploader.sent ?? store.answeredTo()))
  }

  /** One at a time, in the order in which they came. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}

/** Needs no link: it only says who has the entry now. */
export function handOver(
  { store, clock }: Pick<SyncPorts, 'store' | 'clock'>,
  sequence: number,
  note: string
): Result<ParkedRow, HandOverRefusal> {
  if (note.trim() === '') return refuse({ kind: 'note-missing' })
  const row = waitingRow(store, sequence)
  if (!row.ok) return row
  const handed: ParkedRow = { ...row.value, state: 'handed-over', note: note.trim(), changedAt: clock().time }
  return store.transaction(() => {
    store.putParked(handed)
    return ok(handed)
  })
}

function waitingRow(store: SyncStore, sequence: number): Result<ParkedRow, Extract<RetryRefusal, { readonly kind: 'not-parked' | 'no-longer-parked' }>> {
  const row = store.parked(sequence)
  if (row === undefined) return refuse({ kind: 'not-parked', sequence })
  return isWaiting(row.state) ? ok(row) : refuse({ kind: 'no-longer-parked', sequence, state: row.state })
}
