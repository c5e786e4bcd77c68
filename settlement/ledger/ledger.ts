/**
 * The ledger as the counter uses it. Reading and writing are two types: whoever holds a LedgerReader cannot write.
 *
 *   hold    durable before the card is asked          release   nothing was debited, and why we know
 *   post    durable after the card has answered       correct   a posted settlement taken back as a whole
 *
 * Every write is one transaction: after a crash it is there completely or not at all. Every write may be repeated: the same
 * id with the same content answers `exists`.
 */

import type { Result } from '../../base/result.ts'
import type { Counters } from '../calculation/counters.ts'
import type { DebitEvidence } from '../payment/payment-device.ts'
import type { Head } from './chain.ts'
import type { CounterKey, Fact, FactOf, Hold, Visit } from './fact.ts'
import type { CorrectRefusal, HoldRefusal, PostRefusal, ReleaseRefusal, StoreFailure } from './refusal.ts'

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
  /** Until a centre confirms; the confirmation will be a fact of its own. */
  readonly provisional: true
}

export interface SettlementQuery {
  readonly personNo?: string
  /** Only settlements whose hold has a smaller sequence number: that of the last one seen, to page on. */
  readonly before?: number
  readonly limit: number
}

/** What waits for upload: chained contents themselves, so that the centre can recompute their hashes. */
export interface OutboxItem {
  readonly sequence: number
  readonly kind: 'posting' | 'correction'
  readonly hash: Uint8Array
  /** Canonical list of the contents of the hold and its posting, or of the correction. */
  readonly document: Uint8Array
}

export interface LedgerReader {
  head(): Result<Head, StoreFailure>
  /** Oldest first. */
  openHolds(): Result<readonly Recorded<'hold'>[], StoreFailure>
  holdState(settlementId: string): Result<HoldState | undefined, StoreFailure>
  /** The visit's open hold, or else the one that was posted; a released one is history. */
  holdByVisit(visit: Visit): Result<HoldState | undefined, StoreFailure>
  /** What the postings of this ledger have used of the policy year. Counters at zero are left out. */
  counters(key: CounterKey): Result<Counters, StoreFailure>
  settlement(settlementId: string): Result<SettlementState | undefined, StoreFailure>
  /** Newest first. */
  settlements(query: SettlementQuery): Result<readonly SettlementState[], StoreFailure>
  /** In the order of the chain, from the first with a larger sequence number than `after`. */
  outbox(after: number, limit: number): Result<readonly OutboxItem[], StoreFailure>
  close(): void
}

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

export interface Ledger extends LedgerReader {
  hold(hold: Hold): Result<HoldReceipt, HoldRefusal>
  /** Everything but the evidence is already in the hold. */
  post(request: PostRequest): Result<Receipt<'posting'>, PostRefusal>
  release(request: ReleaseRequest): Result<Receipt<'release'>, ReleaseRefusal>
  correct(request: CorrectRequest): Result<Receipt<'correction'>, CorrectRefusal>
}
