/**
 * The ledger as the counter uses it. Reading and writing are two types: whoever holds a LedgerReader cannot write.
 *
 *   hold      durable before the card is asked          holdLoad      durable before the card is given anything
 *   post      durable after the card has answered       postLoad      durable after the card has proved it
 *   release   nothing was debited, and why we know      releaseLoad   nothing was loaded, and why we know
 *   correct   a posted settlement taken back as a whole closeDay      a day counted, compared and signed
 *   confirm   what the centre has booked                reopenDay     the last close counts no longer
 *
 * Every write is one transaction: after a crash it is there completely or not at all. Every write may be repeated: the same
 * id with the same content answers `exists`.
 */

import type { Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import type { BusinessDate } from '../calendar/business-date.ts'
import type { LoadEvidence } from '../payment/load-device.ts'
import type { DebitEvidence } from '../payment/payment-device.ts'
import type { Head } from './chain.ts'
import type { Close, Confirmation, CounterKey, Fact, FactOf, Hold, LoadHold, Reopen, Visit } from './fact.ts'
import type {
  CloseState,
  DayTotal,
  Effective,
  LoadState,
  LogEntry,
  OpenPeriod,
  OwedToCard,
  PlaceUse,
  SoldPack,
  Supply,
  Unconfirmed
} from './ledger-views.ts'
import type { NumberedContent } from './ledger-store.ts'
import type {
  CloseRefusal,
  ConfirmRefusal,
  CorrectRefusal,
  HoldLoadRefusal,
  HoldRefusal,
  PostLoadRefusal,
  PostRefusal,
  ReleaseLoadRefusal,
  ReleaseRefusal,
  ReopenRefusal,
  RestoreRefusal,
  StoreFailure
} from './refusal.ts'

/** A fact in its place in the chain. */
export interface Recorded<Kind extends Fact['kind']> {
  readonly sequence: number
  readonly hash: Uint8Array
  readonly fact: FactOf<Kind>
}

export interface HoldState {
  readonly hold: Recorded<'hold'>
  /** undefined while the hold is open, which outside a running settlement means in doubt. */
  readonly closing: Recorded<'posting' | 'release'> | undefined
}

export interface SettlementState {
  /** Holds the terms: who, what, how much. `entriesOf` and `reverse` (journal.ts) say what they do to the accounts. */
  readonly hold: Recorded<'hold'>
  readonly posting: Recorded<'posting'>
  readonly correction: Recorded<'correction'> | undefined
  /** Of the posting. */
  readonly confirmation: Recorded<'confirmation'> | undefined
  readonly correctionConfirmation: Recorded<'confirmation'> | undefined
  /** Until the centre has confirmed the posting. */
  readonly provisional: boolean
  /**
   * What counts, and what a correction takes back or has taken back. Amounts of record that came only after the correction
   * change nothing: they were gone before they were known.
   */
  readonly effective: Effective
  readonly owed: OwedToCard
}

export interface SettlementQuery {
  readonly personNo?: string
  /** Only settlements whose hold has a smaller sequence number: that of the last one seen, to page on. */
  readonly before?: number
  readonly limit: number
}

export interface LedgerReader {
  head(): Result<Head, StoreFailure>
  /** Every fact in the order of the chain, from the first with a larger sequence number than `after`: what is uploaded. */
  log(after: number, limit: number): Result<readonly LogEntry[], StoreFailure>
  /** The same as they are kept, not read: for whoever passes them on. */
  links(after: number, limit: number): Result<readonly NumberedContent[], StoreFailure>
  /** Their contents alone, lent one by one until `use` answers false: whoever passes on many copies what it keeps, for the bytes are gone behind it. */
  lendContents(after: number, limit: number, use: (content: Uint8Array) => boolean): Result<null, StoreFailure>
  /** What kinds of fact they are, and nothing more: for whoever looks at many and reads few. */
  kinds(after: number, limit: number): Result<readonly Fact['kind'][], StoreFailure>

  /** Oldest first. */
  openHolds(): Result<readonly Recorded<'hold'>[], StoreFailure>
  holdState(settlementId: string): Result<HoldState | undefined, StoreFailure>
  /** The visit's open hold, or else the one that was posted; a released one is history. */
  holdByVisit(visit: Visit): Result<HoldState | undefined, StoreFailure>
  /**
   * What the settlements of this ledger have used of the policy year, of record where the centre has said so. Counters at
   * zero are left out.
   */
  counters(key: CounterKey): Result<Counters, StoreFailure>
  settlement(settlementId: string): Result<SettlementState | undefined, StoreFailure>
  /** Newest first. */
  settlements(query: SettlementQuery): Result<readonly SettlementState[], StoreFailure>

  /** What was handed to a person from that day on, by settlements that were posted and not taken back; oldest first. */
  suppliesOf(personNo: string, since: BusinessDate): Result<readonly Supply[], StoreFailure>
  /** Of these trace codes those whose packs lie in a settlement: open or posted, and not taken back. The latest of each. */
  soldCodes(codes: readonly string[]): Result<ReadonlyMap<string, SoldPack>, StoreFailure>
  /** By the times of posting; of this ledger, which is one terminal's. */
  placeUse(personNo: string, institution: string, day: BusinessDate): Result<PlaceUse, StoreFailure>

  /** Of postings, corrections and load-postings: how many no centre has confirmed, and since when. */
  unconfirmed(): Result<Unconfirmed, StoreFailure>
  /** The same themselves, oldest first, from the first with a larger sequence number than `after`. */
  awaiting(limit: number, after?: number): Result<readonly Recorded<Confirmable>[], StoreFailure>
  /** What has a setl_time from one moment to another, both of 14 digits and both included; in the order of the chain. */
  confirmed(from: string, to: string): Result<readonly Recorded<'confirmation'>[], StoreFailure>

  load(loadId: string): Result<LoadState | undefined, StoreFailure>
  /** Oldest first; at most one of a card. */
  openLoads(): Result<readonly LoadState[], StoreFailure>
  /** For a refund or an adjustment of this settlement, oldest first. */
  loadsOf(settlementId: string): Result<readonly LoadState[], StoreFailure>
  loadsOfCredit(creditId: string): Result<readonly LoadState[], StoreFailure>
  /** undefined when the settlement was never posted. */
  owedToCard(settlementId: string): Result<OwedToCard | undefined, StoreFailure>
  /** The settlements of which a card has yet to get something back, oldest first: that card, or any. */
  owing(cardId?: string): Result<readonly SettlementState[], StoreFailure>

  /** The last one that counts. */
  lastClose(): Result<Recorded<'close'> | undefined, StoreFailure>
  /** Newest first, the reopened ones among them. */
  closes(limit: number): Result<readonly CloseState[], StoreFailure>
  /** What the next close will cover. */
  openPeriod(): Result<OpenPeriod, StoreFailure>

  /** Days as YYYY-MM-DD, both included. Kept in each settlement's own transaction, so that a day is one small read. */
  dayTotals(from: string, to: string): Result<readonly DayTotal[], StoreFailure>
  /** The same from the postings, corrections and adjustments themselves, which is what proves the totals that are kept. */
  provedTotals(from: string, to: string): Result<readonly DayTotal[], StoreFailure>

  /** Lets the file go. */
  close(): void
}

/** What a centre books, and so confirms. */
export type Confirmable = 'posting' | 'correction' | 'load-posting'

/**
 * `exists` from `hold` means that an earlier call may have gone on to the card: look at `state.closing`, and resolve an
 * open one instead of debiting again.
 */
export interface HoldReceipt {
  readonly outcome: 'written' | 'exists'
  readonly state: HoldState
}

export interface Receipt<Kind extends Fact['kind']> {
  readonly outcome: 'written' | 'exists'
  readonly recorded: Recorded<Kind>
}

/** Of `exists` as with a hold: resolve an open load instead of giving the card the money again. */
export interface LoadReceipt {
  readonly outcome: 'written' | 'exists'
  readonly state: LoadState
}

export interface PostRequest {
  readonly settlementId: string
  readonly evidence: DebitEvidence
  /** 14 digits YYYYMMDDhhmmss. */
  readonly postedAt: string
}

export interface ReleaseRequest {
  readonly settlementId: string
  /** What proved that nothing was debited, in words. */
  readonly proof: string
  readonly releasedAt: string
}

export interface CorrectRequest {
  readonly correctionId: string
  readonly settlementId: string
  readonly reason: string
  readonly correctedAt: string
}

/** `id`: the settlement's, also of a correction; or the load's. */
export type ConfirmRequest = Omit<Confirmation, 'id'> & {
  /** Whoever does not say it means the target's own. */
  readonly id?: string
}

export interface PostLoadRequest {
  readonly loadId: string
  readonly evidence: LoadEvidence
  readonly postedAt: string
}

export interface ReleaseLoadRequest {
  readonly loadId: string
  readonly proof: string
  readonly releasedAt: string
}

/** `upTo`: the last fact that was counted. When others have followed, the report does not tell the day, and is refused. */
export type CloseRequest = Close & { readonly upTo: number }

export interface Ledger extends LedgerReader {
  hold(hold: Hold): Result<HoldReceipt, HoldRefusal>
  /** Everything but the evidence is already in the hold. */
  post(request: PostRequest): Result<Receipt<'posting'>, PostRefusal>
  release(request: ReleaseRequest): Result<Receipt<'release'>, ReleaseRefusal>
  /** Takes back what is effective. */
  correct(request: CorrectRequest): Result<Receipt<'correction'>, CorrectRefusal>
  /** With amounts of record it is an adjusting entry: counters, entries and totals move by the difference. */
  confirm(request: ConfirmRequest): Result<Receipt<'confirmation'>, ConfirmRefusal>
  /**
   * The same of many, in one transaction and in the order of their targets: an outcome each, until `isEnough` says so before the
   * next. At least one has an outcome; what is refused leaves the others written.
   */
  confirmAll(requests: readonly ConfirmRequest[], isEnough: () => boolean): Result<readonly Result<Receipt<'confirmation'>, ConfirmRefusal>[], StoreFailure>
  holdLoad(hold: LoadHold): Result<LoadReceipt, HoldLoadRefusal>
  postLoad(request: PostLoadRequest): Result<Receipt<'load-posting'>, PostLoadRefusal>
  releaseLoad(request: ReleaseLoadRequest): Result<Receipt<'load-release'>, ReleaseLoadRefusal>
  closeDay(request: CloseRequest): Result<Receipt<'close'>, CloseRefusal>
  reopenDay(request: Reopen): Result<Receipt<'reopen'>, ReopenRefusal>
  /** Writes facts once more that this ledger had and has lost: those behind its last, in their order. Holds come without their results. */
  restore(links: readonly NumberedContent[]): Result<number, RestoreRefusal>
}
