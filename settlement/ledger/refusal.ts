/**
 * Why the ledger does not do what it is asked. Closed unions, members in the order in which they are checked; a caller
 * that meets several reasons gets the first. Nothing has been written when one is given.
 */

import type { Fen } from '../money/fen.ts'
import type { CounterKey, Visit } from './fact.ts'

/**
 * The disk or the file, not the ledger's rules. The fact may have become durable all the same: repeat the very same call
 * when the store works again, and it answers `exists` if so.
 */
export interface StoreFailure {
  readonly kind: 'store-failure'
  readonly cause: 'full' | 'busy' | 'read-only' | 'corrupt' | 'io'
  readonly detail: string
}

/** The same id, another content: one of the two callers is wrong, and the ledger keeps the first. */
export interface IdConflict {
  readonly kind: 'id-conflict'
  readonly id: string
}

export interface CounterOutOfRange {
  readonly kind: 'counter-out-of-range'
  readonly key: CounterKey
  readonly counter: string
}

export type HoldRefusal =
  | { readonly kind: 'visit-already-settled'; readonly visit: Visit; readonly settlementId: string }
  /** An open hold of this visit waits for its proof. */
  | { readonly kind: 'visit-in-doubt'; readonly visit: Visit; readonly settlementId: string }
  | IdConflict
  | CounterOutOfRange
  | StoreFailure

export type PostRefusal =
  | { readonly kind: 'hold-unknown'; readonly settlementId: string }
  | { readonly kind: 'hold-not-open'; readonly settlementId: string; readonly closedBy: 'release' }
  /** The evidence says that the card took another amount than the hold asked for. The hold stays open. */
  | {
      readonly kind: 'evidence-contradicts'
      readonly settlementId: string
      readonly balanceExpected: Fen
      readonly balanceFound: Fen
    }
  | IdConflict
  | CounterOutOfRange
  | StoreFailure

export type ReleaseRefusal =
  | { readonly kind: 'hold-unknown'; readonly settlementId: string }
  | { readonly kind: 'hold-not-open'; readonly settlementId: string; readonly closedBy: 'posting' }
  | IdConflict
  | StoreFailure

export type CorrectRefusal =
  | { readonly kind: 'settlement-unknown'; readonly settlementId: string }
  | IdConflict
  | { readonly kind: 'already-corrected'; readonly settlementId: string; readonly correctionId: string }
  | CounterOutOfRange
  | StoreFailure

export type LedgerRefusal = HoldRefusal | PostRefusal | ReleaseRefusal | CorrectRefusal
