/** What closing a day needs of the world around it; the host hands these in. */

import type { Result } from '../../base/result.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import type { DrawerCount } from './drawer.ts'
import type { Decision } from './resolution.ts'
import type { RecordRow } from './rows.ts'

/** An entry that the centre refused and that somebody still has to look at. */
export interface ParkedEntry {
  /** Of the fact. */
  readonly sequence: number
  /** The settlement's, or the load's id; empty when the fact is about neither. */
  readonly id: string
  /** Stable name of the reason. */
  readonly reason: string
  /** When the money was taken or given back, 14 digits. */
  readonly since: string
  /** What was written when a person took it over; undefined while nobody has. */
  readonly handedOver: string | undefined
}

export interface ParkedEntries {
  /** All that wait, in the order of the chain. */
  waiting(): Result<readonly ParkedEntry[], StoreFailure>
  /** Parked, taken back here and unknown at the centre: nothing is left to confirm of it. */
  isReversed(sequence: number): boolean
}

/** Why the centre's rows are not there: a stable name, and the machine's own words. */
export interface NotReached {
  readonly kind: 'not-reached'
  readonly reason: string
  readonly detail: string
}

/** What the centre has booked of this terminal. */
export interface CentreBooks {
  /** Between two days of the centre's setl_time, YYYY-MM-DD, both included. All of them, or none and why. */
  rows(from: string, to: string): Promise<Result<readonly RecordRow[], NotReached>>
}

/** Signs what was counted. The private half never comes here. */
export interface ReportKey {
  /** terminal: the one that the centre knows. local: made for the purpose, because no centre is connected. */
  readonly source: 'terminal' | 'local'
  /** Ed25519, SPKI in base64. */
  readonly publicKey: string
  /** Hex. */
  sign(bytes: Uint8Array): string
}

/** Said while a day is being closed, and kept from that moment: by whom the drawer was counted, what becomes of an item. */
export type CloseNote =
  | { readonly kind: 'count'; readonly count: DrawerCount; readonly at: string }
  | { readonly kind: 'decision'; readonly decision: Decision }

/** Notes belong to the period behind one close (`after`: its number, 0 for the first). None is ever changed or removed. */
export interface ReadableCloseNotes {
  /** How many there are, of whatever period. */
  count(): Result<number, StoreFailure>
  /** In the order in which they were made. */
  notes(after: number): Result<readonly CloseNote[], StoreFailure>
}

export interface CloseNotes extends ReadableCloseNotes {
  /** Durable when it answers ok. */
  add(after: number, note: CloseNote): Result<undefined, StoreFailure>
}
