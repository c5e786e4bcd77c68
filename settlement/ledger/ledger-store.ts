/**
 * What the ledger's rules need from a store: facts by number, and a few ways to find a number. A driver knows no rule; it
 * keeps facts, and beside them the readings by which they are found and summed. All its methods throw the driver's own errors
 * inside `read`, `ask` and `transaction`, which sort them into StoreFailure; test/contract/ledger-store.contract.ts is what a
 * driver must keep.
 */

import type { Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import type { Amounts } from '../calculation/settlement-result.ts'
import type { Fen } from '../money/fen.ts'
import type { BusinessDate } from '../calendar/business-date.ts'
import type { Head } from './chain.ts'
import type { Dispensed, DispensedLine } from './dispensed.ts'
import type { CounterKey, Fact, FactOf, Hold, LoadPurpose, Terms, Visit } from './fact.ts'
import type { SettlementQuery } from './ledger.ts'
import type { DayTotal, PlaceUse } from './ledger-views.ts'
import type { StoreFailure } from './refusal.ts'

export interface StoredContent {
  readonly content: Uint8Array
  readonly hash: Uint8Array
}

export interface NumberedContent extends StoredContent {
  readonly sequence: number
}

/** A fact ready to be kept: its place in the chain, its canonical content, and the same decoded. */
export interface ChainedFact extends NumberedContent {
  readonly fact: Fact
}

export interface ChainedConfirmation extends ChainedFact {
  readonly fact: FactOf<'confirmation'>
}

/** What a fact does to the year of a person and to the totals of its own day. */
export interface Movement {
  readonly kind: 'settlement' | 'correction' | 'adjustment'
  /** The settlement's. */
  readonly hold: number
  readonly terms: Terms
  /** 14 digits, the fact's own time. */
  readonly at: string
  /** What is added: a correction's are those of the settlement turned round. */
  readonly amounts: Amounts
  /** Where it leaves the person's counters of the year. */
  readonly countersAfter: Counters
}

/** Where a fact leaves a settlement's debt to the card; none at zero. */
export interface Debt {
  readonly hold: number
  readonly cardId: string
  readonly amount: Fen
}

/** What a fact says besides its content, worked out by the rules. */
export interface Effects {
  /** Of a posting and a release: the hold that they close. */
  readonly hold?: Hold
  /** Of a hold: what it hands over. */
  readonly dispensed?: Dispensed
  readonly movement?: Movement
  readonly debt?: Debt
}

/** A supply in its place: `code` is the item's. */
export interface StoredSupply extends Omit<DispensedLine, 'itemCode'> {
  readonly hold: number
  readonly on: BusinessDate
  readonly code: string
}

export interface ReadableStore {
  /** Runs `work` on one unchanging view of the ledger. */
  read<Value>(work: () => Value): Result<Value, StoreFailure>
  /** The same for work that asks one question, which is a view by itself. */
  ask<Value>(work: () => Value): Result<Value, StoreFailure>
  head(): Head
  contentAt(sequence: number): StoredContent | undefined
  /** Of a hold whose content has only the hash of it. */
  resultOf(hold: number): Uint8Array | undefined
  /** Ascending. */
  log(after: number, limit: number): readonly NumberedContent[]
  /** Of the same facts, one by one until `use` answers false; they need not be there any more when it is done with them. */
  lendContents(after: number, limit: number, use: (content: Uint8Array) => boolean): void
  /** Of the same facts. */
  kinds(after: number, limit: number): readonly Fact['kind'][]
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
  /** Of a posting, a correction or a load-posting. */
  confirmationOf(target: number): number | undefined
  /** Confirmations by setl_time, both ends included, in the order of the chain. */
  confirmed(from: string, to: string): readonly number[]
  /** Of what could be confirmed and is not: ascending. */
  awaiting(after: number, limit: number): readonly number[]
  /** Of the awaiting postings from one number to another, both included, settlement ids by number; those whose hold lies long before may be missing. */
  awaitingIds(from: number, to: number): Map<number, string>
  awaitingCount(): number
  loadOf(loadId: string): number | undefined
  loadClosingOf(hold: number): number | undefined
  /** Ascending. */
  openLoads(): readonly number[]
  openLoadOf(cardId: string): number | undefined
  /** Ascending. */
  loadsFor(purpose: LoadPurpose): readonly number[]
  /** Holds of settlements with a debt to the card, or to any: ascending. */
  owing(cardId: string | undefined): readonly number[]
  /** Descending. */
  closes(limit: number): readonly number[]
  /** The last one that was not reopened. */
  lastClose(): number | undefined
  isClose(sequence: number): boolean
  reopenOf(close: number): number | undefined
  /**
   * The holds in which the pack lies, the latest first: open or posted, and not taken back. `isSplit`: in all of their lines
   * that have it.
   */
  soldPacks(code: string): readonly { readonly hold: number; readonly isSplit: boolean }[]
  /** Posted and not taken back, from that day on; in the order of day, hold and line. */
  supplies(personNo: string, since: BusinessDate): readonly StoredSupply[]
  placeUse(personNo: string, institution: string, day: BusinessDate): PlaceUse
  /** Kept; days as YYYY-MM-DD, both included. In the order of day, hour and the three codes. */
  dayTotals(from: string, to: string): readonly DayTotal[]
  /** The same recomputed from the facts, or from readings that are one row a fact. */
  provedTotals(from: string, to: string): readonly DayTotal[]
  close(): void
}

export interface WritableStore extends ReadableStore {
  /** Durable as a whole when it returns ok; as if never begun when it returns a failure or `work` throws. */
  transaction<Value>(work: () => Value): Result<Value, StoreFailure>
  /** Keeps the fact and every reading of it. */
  append(chained: ChainedFact, effects: Effects): void
  /** The same for facts that follow each other: each confirms what awaits it, as it was posted, so nothing has an effect. */
  appendConfirmations(confirmations: readonly ChainedConfirmation[]): void
}
