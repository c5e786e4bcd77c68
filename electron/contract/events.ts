/**
 * What the host tells without being asked. Each topic is replaced whole; only traces are added to. An answer and an event may
 * travel on two ways, and the later one come first: the host's events are numbered, and its state says which are in it.
 */

import type { BillView, QueueEntry } from './bill-view.ts'
import type { CardPanel } from './card-view.ts'
import type { DriverView } from './driver-view.ts'
import type { ReaderView, TraceLine } from './reader-view.ts'
import type { InDoubtView, ResolutionView } from './settlement-view.ts'
import type { SyncView } from './sync-view.ts'
import type { HostState, TillView } from './till-view.ts'

type Topic =
  | { readonly topic: 'host'; readonly host: HostState }
  | { readonly topic: 'till'; readonly till: TillView }
  | { readonly topic: 'card'; readonly panel: CardPanel }
  | { readonly topic: 'queue'; readonly queue: readonly QueueEntry[] }
  /** null: no bill is open. */
  | { readonly topic: 'bill'; readonly bill: BillView | null }
  | { readonly topic: 'in-doubt'; readonly inDoubt: readonly InDoubtView[] }
  /** A card that came back has answered. */
  | { readonly topic: 'resolved'; readonly resolutions: readonly ResolutionView[] }
  /** Also after every settlement, refund and load: `unconfirmed` has grown. */
  | { readonly topic: 'sync'; readonly sync: SyncView }
  | { readonly topic: 'reader'; readonly reader: ReaderView }
  | { readonly topic: 'driver'; readonly driver: DriverView }
  | { readonly topic: 'trace'; readonly lines: readonly TraceLine[] }
  /** Where a running settlement stands. */
  | { readonly topic: 'progress'; readonly step: SettleProgress }

/** `number`: from 1 for each host; what the supervisor tells has none. */
export type TerminalEvent = Topic & { readonly number?: number }

export type SettleProgress = 'computing' | 'holding' | 'debiting' | 'posting' | 'done'

/** Everything at once, for a window that has just opened. */
export interface TerminalState {
  /** Number of the last event that is in it; what was told after it counts beside it. */
  readonly told: number
  readonly till: TillView
  readonly panel: CardPanel
  readonly queue: readonly QueueEntry[]
  readonly bill: BillView | null
  readonly inDoubt: readonly InDoubtView[]
  readonly sync: SyncView
  readonly driver: DriverView
  readonly reader: ReaderView
  readonly trace: readonly TraceLine[]
}
