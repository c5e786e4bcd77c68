/**
 * What the ledger's rules need from a store: facts by number, and a few ways to find a number. A driver knows no rule; it
 * keeps facts, and beside them the readings by which they are found. All its methods throw the driver's own errors inside
 * `read`, `ask` and `transaction`, which sort them into StoreFailure; test/contract/ledger-store.contract.ts is what a driver
 * must keep.
 */

import type { Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import type { Head } from './chain.ts'
import type { CounterKey, Fact, Hold, Visit } from './fact.ts'
import type { SettlementQuery } from './ledger.ts'
import type { StoreFailure } from './refusal.ts'

export interface StoredContent {
  readonly content: Uint8Array
  readonly hash: Uint8Array
}

/** A fact ready to be kept: its place in the chain, its canonical content, and the same decoded. */
export interface ChainedFact extends StoredContent {
  readonly sequence: number
  readonly fact: Fact
}

export interface ReadableStore {
  /** Runs `work` on one unchanging view of the ledger. */
  read<Value>(work: () => Value): Result<Value, StoreFailure>
  /** The same for work that asks one question, which is a view by itself. */
  ask<Value>(work: () => Value): Result<Value, StoreFailure>
  head(): Head
  contentAt(sequence: number): StoredContent | undefined
  holdOf(settlementId: string): number | undefined
  /** Ascending. */
  openHolds(): readonly number[]
  /** The hold of this visit that is open or was posted; there is at most one. */
  holdOfVisit(visit: Visit): number | undefined
  postingOf(hold: number): number | undefined
  releaseOf(hold: number): number | undefined
  correctionOf(hold: number): number | undefined
  /** The posted holds, descending. */
  postedHolds(query: SettlementQuery): readonly number[]
  correctionById(correctionId: string): number | undefined
  counters(key: CounterKey): Counters
  /** Ascending. */
  outbox(after: number, limit: number): readonly number[]
  close(): void
}

export interface WritableStore extends ReadableStore {
  /** Durable as a whole when it returns ok; as if never begun when it returns a failure or `work` throws. */
  transaction<Value>(work: () => Value): Result<Value, StoreFailure>
  /**
   * Keeps the fact and every reading of it. `hold` is the one that the fact builds on, or itself; `countersAfter` is where
   * a posting or a correction leaves the person's counters of the year.
   */
  append(chained: ChainedFact, hold: Hold, countersAfter?: Counters): void
}
