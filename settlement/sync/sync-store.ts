/**
 * What a terminal keeps of its centre, in the same file as its ledger so that a transaction can hold both: the batches as
 * they were made, the entries that were not booked, what was downloaded. Nothing here is money; all of it says how far the
 * two sides agree. test/contract/sync-store.contract.ts is what a driver must keep.
 */

import type { Result } from '../../base/result.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import type { DownloadKind } from './link.ts'
import type { ParkedState, ParkedVerdict } from './parked.ts'

/** A batch as it was made, durable before it is sent for the first time, never changed afterwards. */
export interface MadeBatch {
  /** From 1, without gaps. */
  readonly number: number
  /** Hash of the batch before; NO_BATCH for the first. */
  readonly previous: string
  /** SHA-256 of the uncompressed body, 64 hex digits. */
  readonly hash: string
  /** Sequence number of the first fact, and how many there are. */
  readonly first: number
  readonly count: number
  /** 14 digits, like every time here. */
  readonly madeAt: string
  /** Under zstd. */
  readonly body: Uint8Array
}

export interface BatchRow extends Omit<MadeBatch, 'body'> {
  /** Length of the body. */
  readonly bytes: number
  readonly answeredAt: string | undefined
}

/** What lies behind the last answered batch. */
export interface Unanswered {
  readonly batches: number
  readonly facts: number
  readonly bytes: number
}

/** An entry that the centre did not book, or booked otherwise than it had said. */
export interface ParkedRow {
  /** Of the fact. */
  readonly sequence: number
  readonly kind: 'posting' | 'correction' | 'load-posting' | 'other'
  /** The settlement's, or the load's id; empty when the fact is about neither. */
  readonly id: string
  readonly verdict: ParkedVerdict
  /** When it was refused first. */
  readonly since: string
  readonly state: ParkedState
  /** How often the centre was had to judge it again. */
  readonly retries: number
  readonly changedAt: string
  /** What a person wrote who handed it over, or what resolved it. Empty when nobody has. */
  readonly note: string
}

export interface ParkedCounts {
  /** Open or handed over. */
  readonly waiting: number
  readonly reversed: number
}

export interface ConfirmedBefore {
  readonly count: number
  /** Number of the oldest fact among them. */
  readonly first: number | undefined
}

export interface Downloaded {
  readonly kind: DownloadKind
  readonly version: string
  readonly etag: string
  /** JSON text. */
  readonly document: string
  /** When this version came. */
  readonly fetchedAt: string
  /** When the centre last said that this is still its version. */
  readonly checkedAt: string
}

export type DownloadRow = Omit<Downloaded, 'document'>

/** Heard of the centre, which has batches up to `batch`. */
export interface Apart {
  /**
   * facts-missing     this ledger was put back from an older copy, and is not written to
   * batches-missing   its facts are here; the batches are made once more, as they were, before any other
   * parted            what is here does not lead to what the centre has
   */
  readonly kind: 'facts-missing' | 'batches-missing' | 'parted'
  readonly batch: number
}

export interface ReadableSyncStore {
  /** Runs `work` on one unchanging view. */
  read<Value>(work: () => Value): Result<Value, StoreFailure>
  lastBatch(): BatchRow | undefined
  batch(number: number): BatchRow | undefined
  /** The bytes as they were made. */
  body(number: number): Uint8Array | undefined
  /** Number of the last batch that was answered, 0 when none was. Batches are answered in their order. */
  answeredTo(): number
  unanswered(): Unanswered
  /** As whom the batches are made; undefined: never connected. */
  terminal(): string | undefined
  /** The last fact that was answered under an older name, 0 when there is none. */
  formerTo(): number
  parked(sequence: number): ParkedRow | undefined
  /** Of a settlement or a load, ascending. */
  parkedOf(id: string): readonly ParkedRow[]
  /** Open or handed over, ascending from behind `after`. */
  parkedWaiting(after: number, limit: number): readonly ParkedRow[]
  parkedCounts(): ParkedCounts
  /** Of those that wait: what the ledger calls confirmed. */
  confirmedBefore(): ConfirmedBefore
  /** Whether the centre has ever not booked something, whatever became of it. */
  hasParked(): boolean
  download(kind: DownloadKind): Downloaded | undefined
  downloads(): readonly DownloadRow[]
  /** undefined: not apart, as far as the centre has said. */
  apart(): Apart | undefined
}

export interface SyncStore extends ReadableSyncStore {
  /**
   * Durable as a whole when it answers ok; as if never begun when it refuses, or when `work` refuses or throws. A ledger of
   * the same file writes into the same transaction.
   */
  transaction<Value, Refusal>(work: () => Result<Value, Refusal>): Result<Value, Refusal | StoreFailure>
  /**
   * Batches are made as this terminal from now on. Another than before: the ledger was enrolled anew, so none is made yet, and nothing that
   * the centre was heard to say of the older name holds.
   */
  enrolledAs(terminal: string): void
  /** Follows the last one. */
  addBatch(batch: MadeBatch): void
  /** Repeating it changes nothing. */
  answerBatch(number: number, answeredAt: string): void
  /** Those behind `after` are as if never answered: a centre that was put back judges them anew, and its new word counts once it is heard. */
  forgetAnswers(after: number): void
  /** Takes the place of what was known of the same fact, except `since`, which stays. */
  putParked(row: ParkedRow): void
  putDownload(download: Downloaded): void
  /** The centre still says the same. */
  checkedDownload(kind: DownloadKind, checkedAt: string): void
  setApart(apart: Apart | undefined): void
}
