/**
 * What the ledger writes down. A fact is never changed and never removed; what has become wrong is answered by a later
 * fact. Four kinds:
 *
 *   hold ----> posting ----> correction
 *        \---> release
 *
 * The hold says everything that can be known before the card is asked, so after the card has been charged nothing is left
 * that could be refused: the posting adds the evidence. Nothing is said twice: the later facts name the hold
 * that they build on, and the chain covers that one already.
 */

import type { LineAmounts, Amounts } from '../calculation/settlement-result.ts'
import type { Counters } from '../calculation/counters.ts'
import type { Fen } from '../money/fen.ts'
import type { DebitEvidence, DebitIntent } from '../payment/payment-device.ts'

/** A visit settles once: the number is unique within the institution (ipt_otp_no, or the sale's number at a pharmacy). */
export interface Visit {
  /** fixmedins_code */
  readonly institution: string
  readonly visitNo: string
}

/** Whose counters a settlement moves: one row of the accumulators. */
export interface CounterKey {
  /** psn_no */
  readonly personNo: string
  /** insutype */
  readonly insuranceType: string
  /** The calendar year in which the policy year begins. */
  readonly policyYear: number
}

export interface LedgerLine extends LineAmounts {
  /** med_list_codg */
  readonly itemCode: string
  readonly itemName: string
}

/** What a visit came to: known completely before the card is asked for money. */
export interface Terms extends CounterKey {
  readonly visit: Visit
  /** The version whose rules were applied, so that an old case recomputes to the same result. */
  readonly policy: { readonly id: string; readonly version: string }
  readonly amounts: Amounts
  readonly lines: readonly LedgerLine[]
  /** What this settlement adds to the person's counters. */
  readonly counters: Counters
}

/** Durable before the command that takes the money leaves for the card. */
export interface Hold extends Terms {
  /** medins_setl_id, made before the first send; names the hold, its posting and its upload. */
  readonly settlementId: string
  readonly intent: DebitIntent
  /** The calculation's complete provisional result with its steps, as the caller encodes it; opaque here. */
  readonly result: Uint8Array
  /** 14 digits YYYYMMDDhhmmss, local time of the terminal, like every time in the ledger. */
  readonly heldAt: string
}

/** The settlement itself, durable after the card has given its evidence. Provisional until a centre confirms it. */
export interface Posting {
  readonly settlementId: string
  /** Sequence number of the hold whose terms are hereby settled. */
  readonly hold: number
  readonly evidence: DebitEvidence
  readonly postedAt: string
}

/** The hold is closed: it is proved that nothing was debited. */
export interface Release {
  readonly settlementId: string
  readonly hold: number
  /** What proved it, in words: the card's answer, the centre's reconciliation. */
  readonly proof: string
  readonly releasedAt: string
}

/** A whole settlement taken back: every amount, line, entry and counter of it counts once more with the opposite sign. */
export interface Correction {
  readonly correctionId: string
  readonly settlementId: string
  /** Sequence number of the hold whose posted terms this takes back. */
  readonly hold: number
  readonly reason: string
  readonly correctedAt: string
}

export type Fact =
  | ({ readonly kind: 'hold' } & Hold)
  | ({ readonly kind: 'posting' } & Posting)
  | ({ readonly kind: 'release' } & Release)
  | ({ readonly kind: 'correction' } & Correction)

export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { readonly kind: Kind }>

/** One side of the double entry: signed fen, debit positive. The entries of a posting sum to zero. */
export interface Entry {
  readonly account: string
  readonly amount: Fen
}
