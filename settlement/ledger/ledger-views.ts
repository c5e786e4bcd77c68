/** What the ledger tells besides settlements: its log, loads, closes, totals, and what a centre has yet to confirm. */

import type { Counters } from '../calculation/counters.ts'
import type { Amounts } from '../calculation/settlement-result.ts'
import type { Fen } from '../money/fen.ts'
import type { BusinessDate } from '../calendar/business-date.ts'
import type { Quantity } from '../money/price.ts'
import type { DecodedFact } from './fact-decoding.ts'
import type { Recorded } from './ledger.ts'

/** A link of the chain as it is kept, and what its content says, which is what the hash covers. */
export interface LogEntry extends DecodedFact {
  readonly sequence: number
  readonly hash: Uint8Array
  readonly content: Uint8Array
}

/** What counts: of record where the centre has said so, else what was posted. */
export interface Effective {
  readonly amounts: Amounts
  readonly counters: Counters
}

export interface Unconfirmed {
  readonly count: number
  /** 14 digits: when the oldest of them was written; undefined when there is none. */
  readonly since: string | undefined
}

/** A settlement's debt to the card that paid: what it debited and the account should not have paid. fen. */
export interface OwedToCard {
  /** Neither on the card again nor under way: what a load may still be for. */
  readonly owed: Fen
  /** Under an open load. */
  readonly held: Fen
  readonly loaded: Fen
}

export interface LoadState {
  readonly hold: Recorded<'load-hold'>
  /** undefined while the load is open, which outside a running load means in doubt. */
  readonly closing: Recorded<'load-posting' | 'load-release'> | undefined
  readonly confirmation: Recorded<'confirmation'> | undefined
}

export interface CloseState {
  readonly close: Recorded<'close'>
  /** With it the close counts no longer. */
  readonly reopen: Recorded<'reopen'> | undefined
}

/** Sequence numbers: the facts behind the last close that counts, up to the end of the chain. */
export interface OpenPeriod {
  /** The close itself; 0 when there is none. */
  readonly after: number
  readonly to: number
}

/** What a person was handed, less what came back within the same bill. */
export interface Supply {
  readonly settlementId: string
  /** The line of it. */
  readonly lineNo: string
  /** med_list_codg */
  readonly code: string
  /** Day of service. */
  readonly on: BusinessDate
  readonly quantity: Quantity
  /** undefined: the claim did not say. */
  readonly days: number | undefined
  /** fixmedins_code */
  readonly where: string
  /** As posted: a fund has paid a part of the bill, and the line was within its scope. */
  readonly fundPaid: boolean
}

/** Where a pack lies. */
export interface SoldPack {
  readonly settlementId: string
  /** Of the terminal's clock, when the hold was written. */
  readonly on: BusinessDate
  readonly isSplit: boolean
}

/** What fell to a person's insurance at a place: totals less own pay of what was posted and not taken back. fen. */
export interface PlaceUse {
  readonly today: Fen
  /** From the first of the month to its end, today included. */
  readonly thisMonth: Fen
  readonly salesToday: number
}

/** What a day's facts come to: settlements as posted, less corrections, plus what adjustments changed. */
export interface DayTotal {
  /** YYYY-MM-DD and the hour, 0 to 23, of the fact's own time: a later correction counts in its own day. */
  readonly day: string
  readonly hour: number
  /** insutype, med_type, psn_type; the last two are empty for settlements from before they were kept. */
  readonly insuranceType: string
  readonly medType: string
  readonly personType: string
  readonly settlements: number
  readonly corrections: number
  readonly adjustments: number
  readonly amounts: Amounts
}
