/** The reader corner: the simulated reader with its slots, the tray of cards, faults on switches, and what passes on the wire. */

import type { Text } from './text.ts'

export interface ReaderView {
  readonly name: string
  readonly kind: 'virtual' | 'pcsc'
  readonly slots: readonly SlotView[]
  readonly tray: readonly TrayCard[]
  readonly pace: ReaderPace
  /** Armed and not struck yet. */
  readonly faults: readonly FaultView[]
}

export interface SlotView {
  readonly slot: 'card' | 'psam'
  readonly title: Text
  /** Tray card in it, or the PSAM's terminal number; null when empty. */
  readonly holds: string | null
}

export interface TrayCard {
  readonly id: string
  readonly title: Text
  readonly version: string
  readonly kind: 'social-security' | 'bank' | 'blank'
  readonly inserted: boolean
}

/** instant: as fast as the program goes; card: as a contact card answers; slow: time to pull it by hand. */
export const READER_PACES = ['instant', 'card', 'slow'] as const
export type ReaderPace = (typeof READER_PACES)[number]

/** What happens to the next command of that kind. cut-in-debit: the card loses power while it writes the debit. */
export const FAULT_KINDS = [
  'mute',
  'lose-answer',
  'truncate',
  'remove-before-debit',
  'remove-after-debit',
  'cut-in-debit',
  'lose-debit-answer',
  'foreign-reset'
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export interface FaultView {
  readonly kind: FaultKind
}

/** One command and its answer, for people; PIN bytes are stars before they get here. */
export interface TraceLine {
  /** Counts from 1 over the life of the host. */
  readonly number: number
  readonly slot: 'card' | 'psam'
  /** ms since the card was inserted, whole. */
  readonly at: number
  /** ms from the command's leaving to the answer, the reader's pace left out; hundredths. */
  readonly took: number
  readonly command: string
  readonly answer: string
  readonly words: Text
  readonly meaning: Text
  readonly outcome: 'ok' | 'refused' | 'silent'
}
