/**
 * A day being closed: the period, four books side by side, the drawer, what differs and what becomes of it. Amounts are
 * compared by the host; the window shows what it says.
 */

import type { Text, Yuan } from './text.ts'

/** Everything that a report prints. Of a day that is signed it is what was signed; else how it stands now. */
export interface CloseContent {
  /** YYYY-MM-DD. */
  readonly day: string
  readonly period: PeriodView
  readonly rows: readonly CloseRow[]
  readonly drawer: DrawerView
  readonly items: readonly CloseItem[]
  readonly charts: ChartsView
}

export interface CloseView extends CloseContent {
  /** nothing: no fact since the last close, so there is nothing to close. */
  readonly state: 'open' | 'nothing'
  /** Grows with the ledger and with every count or resolution; `close.sign` names the one that was seen. */
  readonly revision: number
  readonly steps: {
    /** Everything is confirmed, or each entry that is not has its resolution. */
    readonly synced: boolean
    readonly counted: boolean
    readonly resolved: boolean
  }
  /** What still stands in the way of signing, in order; empty: it can be signed. */
  readonly whyNot: readonly Text[]
  /** Newest first. */
  readonly closes: readonly ClosedView[]
}

/** Sequence numbers of the facts and their times; null where there is no fact. */
export interface PeriodView {
  readonly from: string | null
  readonly to: string | null
  readonly firstFact: number | null
  readonly lastFact: number | null
  readonly settlements: number
  readonly refunds: number
  readonly loads: number
}

/**
 * One line of the comparison. till: what the screens showed and the statements say; ledger: the double entries; cards: what
 * the chips signed; centre: what it has booked. null where a book knows nothing of it, or was not reached.
 */
export interface CloseRow {
  /** "total", "fund:hifp_pay", "account", "cash", "settlements" ...: stable for tests and the CSV. */
  readonly row: string
  readonly name: Text
  readonly kind: 'money' | 'count'
  readonly till: string | null
  readonly ledger: string | null
  readonly cards: string | null
  readonly centre: string | null
  /** Every book that knows it says the same. */
  readonly agrees: boolean
  /** Which differ and by how much; null when they agree. */
  readonly difference: Text | null
}

export interface DrawerView {
  /** What lay in it when the period began; null: not told yet. */
  readonly float: Yuan | null
  readonly received: Yuan
  readonly handedBack: Yuan
  /** float + received - handed back; null without a float. */
  readonly expected: Yuan | null
  readonly counted: Yuan | null
  /** counted - expected, signed; null until counted. */
  readonly difference: Yuan | null
}

/** Of a view as of a report. What is owed to a card waits for its holder: the books agree on it, and nobody has to explain it. */
export const isDifference = ({ kind }: { readonly kind: string }): boolean => kind !== 'owed-to-card'

export const CLOSE_RESOLUTIONS = [
  /** Send it once more. */
  'upload-again',
  /** Only the centre has it, and it did happen here. */
  'book-locally',
  /** Only the centre has it, and it did not happen: reversed by its original message number. */
  'reverse-at-centre',
  'take-centre-amount',
  /** Stays open under its name in the next period. */
  'carry-over',
  'hand-to-person',
  /** The drawer is that much over or short, with the reason in the note. */
  'book-difference'
] as const
export type CloseResolution = (typeof CLOSE_RESOLUTIONS)[number]

export type CloseItemKind =
  | 'unsynced'
  | 'in-doubt'
  | 'parked'
  /** No difference of the books: what a refund left to be put back onto a card. */
  | 'owed-to-card'
  | 'only-here'
  | 'only-centre'
  | 'amounts-differ'
  /** Till and ledger, or ledger and cards: of this till alone. */
  | 'books-differ'
  | 'centre-not-asked'
  | 'drawer'

/** Something that is not as it should be, or is not done yet. It hinders the signing until a resolution is named. */
export interface CloseItem {
  /** Stable while the difference lasts. */
  readonly item: string
  readonly kind: CloseItemKind
  readonly text: Text
  /** Opens the record; null where none is here. */
  readonly settlementId: string | null
  /** Of that record's person; empty where it is not known. */
  readonly name: string
  readonly amount: Yuan | null
  /** Whose turn it is. */
  readonly owner: Text
  readonly offered: readonly { readonly resolution: CloseResolution; readonly text: Text; readonly needsNote: boolean }[]
  readonly chosen: { readonly resolution: CloseResolution; readonly text: Text; readonly note: string } | null
}

export interface ChartsView {
  readonly byFund: readonly Slice[]
  /** By charge class: 甲 A, 乙 B, 丙 C. */
  readonly byClass: readonly Slice[]
  /** Every hour from the first to the last settlement, "09". */
  readonly byHour: readonly { readonly hour: string; readonly settlements: number; readonly total: Yuan }[]
}

export interface Slice {
  readonly key: string
  readonly name: Text
  readonly amount: Yuan
}

export interface ClosedView {
  /** Of the close's fact: names it in requests. */
  readonly sequence: number
  readonly day: string
  readonly closedAt: string
  readonly settlements: number
  readonly total: Yuan
  readonly cash: Yuan
  /** That were signed with a resolution, without what is owed to cards. */
  readonly differences: number
  readonly reopened: { readonly at: string; readonly reason: string } | null
  /** Only the newest that counts can be. */
  readonly canReopen: boolean
}

/** What a report prints, of a signed close or of the day as it stands. */
export interface CloseReport extends CloseContent {
  readonly institution: { readonly code: string; readonly name: string }
  readonly terminal: string
  /** null: a draft that nobody has signed. */
  readonly signed: { readonly sequence: number; readonly hash: string; readonly signature: string; readonly closedAt: string } | null
  readonly reopened: ClosedView['reopened']
}
