/** What the host tells without being asked. Each topic is replaced whole; only traces are added to. */

import type { BillView, QueueEntry } from './bill-view.ts'
import type { CardPanel } from './card-view.ts'
import type { ReaderView, TraceLine } from './reader-view.ts'
import type { InDoubtView, ResolutionView } from './settlement-view.ts'
import type { HostState, TillView } from './till-view.ts'

export type TerminalEvent =
  | { readonly topic: 'host'; readonly host: HostState }
  | { readonly topic: 'till'; readonly till: TillView }
  | { readonly topic: 'card'; readonly panel: CardPanel }
  | { readonly topic: 'queue'; readonly queue: readonly QueueEntry[] }
  /** null: no bill is open. */
  | { readonly topic: 'bill'; readonly bill: BillView | null }
  | { readonly topic: 'in-doubt'; readonly inDoubt: readonly InDoubtView[] }
  /** A card that came back has answered. */
  | { readonly topic: 'resolved'; readonly resolutions: readonly ResolutionView[] }
  | { readonly topic: 'reader'; readonly reader: ReaderView }
  | { readonly topic: 'trace'; readonly lines: readonly TraceLine[] }
  /** Where a running settlement stands. */
  | { readonly topic: 'progress'; readonly step: SettleProgress }

export type SettleProgress = 'computing' | 'holding' | 'debiting' | 'posting' | 'done'

/** Everything at once, for a window that has just opened. */
export interface TerminalState {
  readonly till: TillView
  readonly panel: CardPanel
  readonly queue: readonly QueueEntry[]
  readonly bill: BillView | null
  readonly inDoubt: readonly InDoubtView[]
  readonly reader: ReaderView
  readonly trace: readonly TraceLine[]
}
