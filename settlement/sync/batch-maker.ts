/**
 * Makes batches of what the ledger has and no batch has yet. A draft grows as facts come, a few at a time so that a
 * settlement never waits for it, and is cut when it is full, or when its oldest fact has waited long enough and there is
 * somebody to send it to. Cut, it is compressed, durable, and from then on the same for ever.
 *
 * A hold whose settlement still runs may be the last of a batch: the centre keeps it until its posting comes.
 */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { BATCH_BYTES_MAX, BATCH_FACTS_MAX, FRAMES_VERSION, NO_BATCH, type FramesHead, type KeptBatch } from '../batch/batch.ts'
import { BatchRoom, HEAD_BYTES_MAX, batchHash, frameBytes } from '../batch/encode-batch.ts'
import { decodeFact } from '../ledger/fact-decoding.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import { isBooked, subjectOf } from './fact-subject.ts'
import { epochMsOf } from './moment.ts'
import type { Compress, Reached, SyncClock, SyncMoment } from './ports.ts'
import type { StopReason } from './stop-reason.ts'
import type { MadeBatch, SyncStore } from './sync-store.ts'

export interface BatchLimits {
  readonly facts: number
  /** Uncompressed. */
  readonly bytes: number
  /** How long a fact that the centre books waits for company. */
  readonly ageMs: number
  /** How long the others do: a confirmation goes back with the next settlement, or alone when none comes. */
  readonly notedAgeMs: number
}

/** What a batch costs besides its facts - questions, a flush, the pages that it touches - is shared by more of them: as many as the centre takes. */
export const BATCH_LIMITS: BatchLimits = { facts: BATCH_FACTS_MAX, bytes: 4 * 1024 * 1024, ageMs: 5_000, notedAgeMs: 120_000 }

/** Facts that are read and written down in one slice: some milliseconds. */
const SLICE_FACTS = 32

/** full: only what fills a batch. due: also what has waited long enough. all: whatever there is. */
export type Wanted = 'full' | 'due' | 'all'

export interface MakerPorts {
  readonly ledger: Pick<LedgerReader, 'head' | 'links' | 'lendContents'>
  readonly store: SyncStore
  readonly clock: SyncClock
  readonly compress: Compress
  readonly reached: Reached
  readonly terminal: string
  readonly limits?: BatchLimits
}

interface Draft {
  readonly first: number
  count: number
  /** 14 digits: of the first fact, and of the first that is booked. */
  readonly since: string
  bookedSince: string | undefined
}

export class BatchMaker {
  readonly #ports: MakerPorts
  readonly #limits: BatchLimits
  /** Of the draft's facts. */
  readonly #room = new BatchRoom()
  #draft: Draft | undefined

  constructor(ports: MakerPorts) {
    this.#ports = ports
    this.#limits = ports.limits ?? BATCH_LIMITS
    const { facts, bytes } = this.#limits
    invariant(facts > 0 && facts <= BATCH_FACTS_MAX, `batches of ${facts} facts: at most ${BATCH_FACTS_MAX} are allowed`)
    invariant(bytes <= BATCH_BYTES_MAX - HEAD_BYTES_MAX, `batches of ${bytes} bytes: at most ${BATCH_BYTES_MAX - HEAD_BYTES_MAX} are allowed`)
  }

  /** growing: call again. made: a batch is durable. nothing: until the ledger or the time goes on. */
  async slice(wanted: Wanted): Promise<Result<'growing' | 'made' | 'nothing', StopReason>> {
    const grown = this.#grow()
    if (!grown.ok) return grown
    if (grown.value === 'growing') return ok('growing')
    const draft = this.#draft
    if (draft === undefined) return ok('nothing')
    if (grown.value !== 'full' && !this.#isWanted(draft, wanted)) return ok('nothing')
    return this.#cut(draft)
  }

  /** full: as large as it may be. end: every fact there is, is in it. */
  #grow(): Result<'growing' | 'full' | 'end', StopReason> {
    const { ledger } = this.#ports
    const after = this.#after()
    const room = this.#limits.facts - (this.#draft?.count ?? 0)
    if (room === 0) return ok('full')
    const head = ledger.head()
    if (!head.ok) return head
    if (head.value.sequence <= after) return ok('end')
    let sequence = after
    let grown: Result<'growing' | 'full', StopReason> = ok('growing')
    const read = ledger.lendContents(after, Math.min(SLICE_FACTS, room), (content) => {
      sequence += 1
      const bytes = this.#room.length + frameBytes(content)
      if (bytes > this.#limits.bytes) grown = this.#draft === undefined ? refuse({ kind: 'fact-too-large', sequence, bytes }) : ok('full')
      else this.#add(sequence, content)
      return bytes <= this.#limits.bytes
    })
    return read.ok ? grown : read
  }

  /** The last fact that is in a batch or in the draft. */
  #after(): number {
    if (this.#draft !== undefined) return endOf(this.#draft)
    return endOf(this.#ports.store.lastBatch())
  }

  /** Only facts are read whose time is asked for: as a rule a hold and its posting. */
  #add(sequence: number, content: Uint8Array): void {
    if (this.#draft?.bookedSince === undefined) {
      const subject = subjectOf(decodeFact(content))
      this.#draft ??= { first: sequence, count: 0, since: subject.time, bookedSince: undefined }
      if (isBooked(subject)) this.#draft.bookedSince = subject.time
    }
    this.#draft.count += 1
    this.#room.add(content)
  }

  #isWanted(draft: Draft, wanted: Wanted): boolean {
    if (wanted !== 'due') return wanted === 'all'
    const now = this.#ports.clock()
    const { ageMs, notedAgeMs } = this.#limits
    return isOlder(draft.since, notedAgeMs, now) || (draft.bookedSince !== undefined && isOlder(draft.bookedSince, ageMs, now))
  }

  async #cut(draft: Draft): Promise<Result<'made', StopReason>> {
    const { store, clock, terminal } = this.#ports
    const last = store.lastBatch()
    invariant(draft.first === endOf(last) + 1, `a draft that begins at fact ${draft.first} does not follow the last batch`)
    const before = this.#hashAt(draft.first - 1)
    if (!before.ok) return before
    const end = this.#hashAt(endOf(draft))
    if (!end.ok) return end
    const head: FramesHead = {
      version: FRAMES_VERSION,
      terminal,
      number: (last?.number ?? 0) + 1,
      previous: last?.hash ?? NO_BATCH,
      first: draft.first,
      count: draft.count,
      madeAt: clock().time,
      chain: [before.value, end.value]
    }
    const bytes = this.#room.batch(head)
    return this.#keep(head, { bytes, hash: batchHash(bytes) })
  }

  /**
   * The batch after the last once more, as the centre has it: from the ledger's own facts, which with that head come to that hash or
   * are others. It is as if it had been made here and not answered.
   */
  async remake({ hash, head }: KeptBatch): Promise<Result<'made' | 'differs', StopReason>> {
    const { store, ledger, terminal } = this.#ports
    const last = store.lastBatch()
    const isNext = head.terminal === terminal && head.number === (last?.number ?? 0) + 1 && head.previous === (last?.hash ?? NO_BATCH) && head.first === endOf(last) + 1
    if (!isNext || head.version !== FRAMES_VERSION) return ok('differs')
    const room = new BatchRoom()
    let count = 0
    const read = ledger.lendContents(head.first - 1, head.count, (content) => {
      room.add(content)
      count += 1
      return true
    })
    if (!read.ok) return read
    if (count !== head.count) return ok('differs')
    const bytes = room.batch(head)
    return batchHash(bytes) === hash ? this.#keep(head, { bytes, hash }) : ok('differs')
  }

  async #keep({ number, previous, first, count, madeAt }: FramesHead, { bytes, hash }: { readonly bytes: Uint8Array; readonly hash: string }): Promise<Result<'made', StopReason>> {
    const { store, compress, reached } = this.#ports
    const made: MadeBatch = { number, previous, hash, first, count, madeAt, body: await compress(bytes) }
    const kept = store.transaction<null, never>(() => {
      store.addBatch(made)
      return ok(null)
    })
    if (!kept.ok) return kept
    this.#draft = undefined
    this.#room.clear()
    reached('sync-made')
    return ok('made')
  }

  /** Of the chain at that fact, in hex. */
  #hashAt(sequence: number): Result<string, StopReason> {
    if (sequence === 0) return ok(NO_BATCH)
    const links = this.#ports.ledger.links(sequence - 1, 1)
    if (!links.ok) return links
    const [link] = links.value
    invariant(link?.sequence === sequence, `fact ${sequence} is to be sent and not in the ledger`)
    return ok(hexOf(link.hash))
  }
}

/** The last fact of the batch, 0 before the first. */
export const endOf = (batch: { readonly first: number; readonly count: number } | undefined): number =>
  batch === undefined ? 0 : batch.first + batch.count - 1

/** A fact of the future is one whose clock was put back since: it has waited long enough. */
const isOlder = (since: string, ageMs: number, { epochMs }: SyncMoment): boolean => {
  const age = epochMs - epochMsOf(since)
  return age >= ageMs || age < 0
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
