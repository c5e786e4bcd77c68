/**
 * The reader corner: which reader serves, what is in its slots, every link between terminal and card, and what passes on the
 * wire. Tray, faults and pace belong to the simulated reader; a real one has none of them.
 */

import type { ReaderChoice } from './reader-choice.ts'
import type { Text } from './text.ts'

export interface ReaderView {
  readonly name: string
  readonly kind: 'virtual' | 'pcsc'
  readonly slots: readonly SlotView[]
  readonly tray: readonly TrayCard[]
  readonly pace: ReaderPace
  /** Armed and not struck yet. */
  readonly faults: readonly FaultView[]
  readonly choice: ReaderChoice
  /** As the system lists them; empty while the simulated reader serves. */
  readonly readers: readonly SystemReaderView[]
  /** What the card said when it got its supply; null: no card, or none that was asked. */
  readonly answerToReset: AnswerToResetView | null
  /** From the host to the PSAM, in this order; those behind a broken one are not known. */
  readonly chain: readonly LinkView[]
  /** The broken link; null: nothing is broken. */
  readonly trouble: TroubleView | null
}

export interface SystemReaderView {
  readonly name: string
  /** in-use: another program has the card for itself. */
  readonly holds: 'nothing' | 'card' | 'mute-card' | 'in-use'
  /** What this counter uses it for. */
  readonly serves: 'card' | 'psam' | null
}

export interface AnswerToResetView {
  /** Hex, whole. */
  readonly bytes: string
  readonly words: Text
}

/** Links of the host's side. The window itself knows whether it hears the host. */
export const READER_LINKS = ['process', 'module', 'service', 'reader', 'card', 'psam'] as const
export type ReaderLink = (typeof READER_LINKS)[number]

export interface LinkView {
  readonly link: ReaderLink
  /** waiting: nothing is wrong, and nothing is there yet; unknown: behind a broken one. */
  readonly state: 'good' | 'waiting' | 'broken' | 'unknown'
  readonly says: Text
}

export interface TroubleView {
  /** Stable for scripts and tests: "service-stopped". */
  readonly kind: string
  readonly link: ReaderLink
  /** One sentence, for the foot of the window. */
  readonly what: Text
  readonly cause: Text
  /** What to do on this operating system. */
  readonly mend: Text
  /** The operating system's or the module's own words, for support staff; null: none. */
  readonly detail: string | null
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
