/**
 * How this till and its centre stand: what waits to be confirmed, what the link does, what was not booked, how old the
 * downloaded rules are. Times are YYYY-MM-DD HH:mm:ss like everywhere in the contract.
 */

import type { Text, Yuan } from './text.ts'

/**
 * not-connected  no centre is known yet: enrol with its address and a one-time code
 * up             the last question was answered
 * network-down   nobody could be reached: cable, router, name service; the institution's network person mends it
 * centre-down    reached, and what answered was a fault or no centre; the centre mends it
 * refused        the centre answers and does not take what is sent: a person has to look (`attempt.reason`)
 * paused         a person said "go offline"
 */
export type LinkState = 'not-connected' | 'up' | 'network-down' | 'centre-down' | 'refused' | 'paused'

export interface SyncView {
  readonly link: LinkState
  /** null until this terminal is enrolled. */
  readonly centre: { readonly url: string; readonly name: string; readonly terminal: string } | null
  /**
   * The ledger was put back from an older copy, and the centre has so many batches of facts that are not here: nothing is written
   * until `sync.restore` has fetched them. null: none that the centre has told of.
   */
  readonly lostBatches: number | null
  /**
   * The till and its centre find each other again only under another name: `sync.connect` takes an address and a code although a centre is known,
   * and all that the ledger has is sent again.
   */
  readonly mayConnectAnew: boolean
  /** When the centre answered last; null: never. */
  readonly lastContact: string | null
  /** Settlements, refunds and loads in the ledger that the centre has not confirmed, parked ones among them; `since` is the oldest's time. */
  readonly unconfirmed: { readonly count: number; readonly since: string | null }
  /**
   * What was not sent yet, also what needs no confirmation, such as a confirmation itself: for whoever waits until all is quiet, and
   * no number for people. `bytes`: of the batches that are made.
   */
  readonly queue: { readonly facts: number; readonly batches: number; readonly bytes: number }
  /** While facts go up; `secondsLeft` is whole, null until there is something to measure. */
  readonly progress: { readonly sent: number; readonly total: number; readonly secondsLeft: number | null } | null
  /**
   * Tries in a row that came to nothing, and when the next is due (null: only when a person asks). null while all is well.
   * `detail`: for whoever mends the terminal.
   */
  readonly attempt: { readonly number: number; readonly nextAt: string | null; readonly reason: Text | null; readonly detail?: string } | null
  /** Oldest first. */
  readonly parked: readonly ParkedRow[]
  /** Since the last close, oldest first. */
  readonly adjusted: readonly AdjustedRow[]
  readonly downloads: readonly DownloadRow[]
}

/** reverse: the window opens the record, where it can be refunded. */
export type ParkedAction = 'retry' | 'hand-over' | 'reverse'

/** An entry that the centre did not book. It waits for a person and holds up nobody else. */
export interface ParkedRow {
  /** Of the fact: names the row in requests. */
  readonly sequence: number
  readonly kind: 'settlement' | 'refund' | 'load'
  /** Opens the record. */
  readonly settlementId: string
  readonly name: string
  readonly visitNo: string
  readonly total: Yuan
  /** When the centre refused it. */
  readonly since: string
  /** Why, whose turn it is, and what to do. */
  readonly what: Text
  readonly owner: Text
  readonly next: Text
  readonly actions: readonly ParkedAction[]
  readonly state: 'open' | 'handed-over'
  /** Of the hand-over; null while nobody has it. */
  readonly note: string | null
}

/** What a ledger that was put back from an older copy has got back from the centre. */
export interface RestoredView {
  readonly settlements: number
  readonly refunds: number
  readonly loads: number
  readonly closes: number
}

export interface SplitView {
  readonly fundPaid: Yuan
  readonly account: Yuan
  readonly cash: Yuan
}

/** A settlement that the centre booked with other amounts than this till computed. */
export interface AdjustedRow {
  readonly settlementId: string
  readonly name: string
  readonly visitNo: string
  readonly confirmedAt: string
  readonly reason: Text
  /** What was charged here, and what counts. */
  readonly stated: SplitView
  readonly booked: SplitView
  readonly due: DueView
}

/** What is left to do about an adjustment. Never negative. */
export interface DueView {
  readonly cash: Yuan
  readonly cashDirection: 'from-patient' | 'to-patient' | 'none'
  /** Was taken from the card and should not have been: a load puts it back. */
  readonly toCard: Yuan
}

export interface DownloadRow {
  readonly kind: 'policies' | 'catalogue' | 'lost-cards' | 'entitlements'
  /** null: nothing yet. */
  readonly version: string | null
  /** null: as delivered with the terminal, never asked of the centre. */
  readonly fetchedAt: string | null
  readonly ageDays: number | null
  /** Above it no fund pays; null: the region sets none. */
  readonly limitDays: number | null
  readonly stale: boolean
}
