/**
 * Why the ledger does not do what it is asked. Closed unions, members in the order in which they are checked; a caller
 * that meets several reasons gets the first. Nothing has been written when one is given.
 */

import type { Fen } from '../money/fen.ts'
import type { CounterKey, Fact, Visit } from './fact.ts'

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
  /** This whole pack lies in that settlement, open or posted; or twice in this one, which is then named itself. YYYY-MM-DD. */
  | { readonly kind: 'trace-code-sold'; readonly code: string; readonly settlementId: string; readonly day: string }
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

export type RestoreRefusal =
  /** It is not the next fact of this chain. */
  | { readonly kind: 'does-not-follow'; readonly sequence: number }
  /** The rules would not have let it in: `refusal` is their word for it. */
  | { readonly kind: 'not-allowed'; readonly sequence: number; readonly fact: Fact['kind']; readonly refusal: string }
  | StoreFailure

export type CorrectRefusal =
  | { readonly kind: 'settlement-unknown'; readonly settlementId: string }
  | IdConflict
  | { readonly kind: 'already-corrected'; readonly settlementId: string; readonly correctionId: string }
  | CounterOutOfRange
  | StoreFailure

export type ConfirmRefusal =
  /** No posting, correction or load-posting has that number. */
  | { readonly kind: 'target-unknown'; readonly target: number }
  /** It is another settlement's, or another load's. */
  | { readonly kind: 'target-of-another'; readonly target: number; readonly id: string; readonly found: string }
  /** With other words than now; the first ones stay. */
  | { readonly kind: 'already-confirmed'; readonly target: number; readonly setlId: string }
  /** Only a posting has amounts. */
  | { readonly kind: 'of-record-not-allowed'; readonly target: number; readonly targetKind: 'correction' | 'load-posting' }
  /** The centre's amounts do not add up (I1 to I4), or are of another bill (I8). */
  | { readonly kind: 'of-record-wrong'; readonly target: number; readonly identity: string }
  | CounterOutOfRange
  | StoreFailure

export type HoldLoadRefusal =
  /** An open load of this card waits for its proof. */
  | { readonly kind: 'load-in-doubt'; readonly cardId: string; readonly loadId: string }
  | IdConflict
  /** For a refund: nothing of that number was posted. */
  | { readonly kind: 'settlement-unknown'; readonly settlementId: string }
  /** For a refund: another card paid. */
  | { readonly kind: 'card-differs'; readonly settlementId: string }
  | { readonly kind: 'nothing-owed'; readonly settlementId: string }
  | { readonly kind: 'more-than-owed'; readonly settlementId: string; readonly owed: Fen; readonly asked: Fen }
  /** A credit is loaded once. */
  | { readonly kind: 'credit-loaded'; readonly creditId: string; readonly loadId: string }
  | StoreFailure

export type PostLoadRefusal =
  | { readonly kind: 'load-unknown'; readonly loadId: string }
  | { readonly kind: 'load-not-open'; readonly loadId: string; readonly closedBy: 'load-release' }
  /** The card says that it was given another amount. The load stays open. */
  | {
      readonly kind: 'evidence-contradicts'
      readonly loadId: string
      readonly balanceExpected: Fen
      readonly balanceFound: Fen
    }
  | IdConflict
  | StoreFailure

export type ReleaseLoadRefusal =
  | { readonly kind: 'load-unknown'; readonly loadId: string }
  | { readonly kind: 'load-not-open'; readonly loadId: string; readonly closedBy: 'load-posting' }
  | IdConflict
  | StoreFailure

export type CloseRefusal =
  /** The ledger goes on behind what was counted, or does not reach it. */
  | { readonly kind: 'counted-elsewhere'; readonly upTo: number; readonly head: number }
  /** That day, or a later one, is closed and nothing has happened since. */
  | { readonly kind: 'nothing-to-close'; readonly day: string; readonly close: number }
  | { readonly kind: 'day-before-last-close'; readonly day: string; readonly lastDay: string }
  | StoreFailure

export type ReopenRefusal =
  /** No close has that number and day. */
  | { readonly kind: 'close-unknown'; readonly day: string; readonly close: number }
  /** With another reason than now. */
  | { readonly kind: 'already-reopened'; readonly day: string; readonly close: number; readonly reason: string }
  /** A later close counts: that one is reopened first. */
  | { readonly kind: 'not-the-last'; readonly close: number; readonly last: number }
  | { readonly kind: 'reason-missing' }
  | StoreFailure

export type LedgerRefusal =
  | HoldRefusal
  | PostRefusal
  | ReleaseRefusal
  | CorrectRefusal
  | ConfirmRefusal
  | HoldLoadRefusal
  | PostLoadRefusal
  | ReleaseLoadRefusal
  | CloseRefusal
  | ReopenRefusal
