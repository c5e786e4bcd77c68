/**
 * What the ledger writes down. A fact is never changed and never removed; what has become wrong is answered by a later
 * fact.
 *
 *   hold ------> posting -------> correction       money taken from a card, and taken back
 *        \-----> release
 *   load-hold -> load-posting                      money put onto a card by the centre's signature
 *        \-----> load-release
 *   confirmation                                   what the centre has booked; its own amounts where they differ
 *   close -----> reopen                            a day counted, compared and signed
 *
 * The hold says everything that can be known before the card is asked, so after the card has been charged nothing is left
 * that could be refused: the posting adds the evidence. Nothing is said twice: the later facts name the hold
 * that they build on, and the chain covers that one already.
 */

import type { LineAmounts, Amounts } from '../calculation/settlement-result.ts'
import type { Counters } from '../calculation/counters.ts'
import type { Fen } from '../money/fen.ts'
import type { LoadEvidence, LoadIntent } from '../payment/load-device.ts'
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
  /** med_type and psn_type, which totals are kept by; empty in holds of encoding 1. */
  readonly medType: string
  readonly personType: string
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
  /**
   * The claim that was computed: UTF-8 JSON of claim-schema's input, from which the centre computes it again. Empty in a
   * ledger's holds of encoding 1, which had none.
   */
  readonly claim: Uint8Array
  /**
   * The calculation's complete provisional result with its steps, as the caller encodes it; opaque here. It lies beside the
   * chain, which covers its SHA-256: who has the claim can make it again.
   */
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

/** What counts instead of the hold's own amounts, when the centre computed others. */
export interface OfRecord {
  readonly amounts: Amounts
  readonly counters: Counters
  /** Why they differ: OfRecordReason of settlement/batch. */
  readonly reason: string
}

/**
 * The centre has booked a posting, a correction or a load. With `ofRecord` it is an adjusting entry: the difference to what
 * was posted becomes entries and counters of its own, and the cash that it leaves due or over is shown.
 */
export interface Confirmation {
  /** The settlement's, or the load's id. */
  readonly id: string
  /** Sequence number of the posting, correction or load-posting that is confirmed. */
  readonly target: number
  /** The centre's number. */
  readonly setlId: string
  /** 14 digits, the centre's clock (setl_time): days are compared by it. */
  readonly setlTime: string
  /** Of postings only. */
  readonly ofRecord: OfRecord | undefined
  readonly confirmedAt: string
}

/** What a load is for: what a refund or an adjustment owes the card, or a credit that the centre grants. */
export type LoadPurpose =
  | { readonly kind: 'refund'; readonly settlementId: string }
  | { readonly kind: 'credit'; readonly creditId: string }

/** Durable before CREDIT FOR LOAD leaves: everything that its proof is checked against. */
export interface LoadHold {
  /** Made before the centre is asked to sign. */
  readonly loadId: string
  readonly purpose: LoadPurpose
  readonly intent: LoadIntent
  readonly heldAt: string
}

export interface LoadPosting {
  readonly loadId: string
  /** Sequence number of its load-hold. */
  readonly hold: number
  readonly evidence: LoadEvidence
  readonly postedAt: string
}

export interface LoadRelease {
  readonly loadId: string
  readonly hold: number
  readonly proof: string
  readonly releasedAt: string
}

/**
 * A day closed: everything from the close before it up to this fact was counted and compared. What comes later belongs to
 * the next close, whatever the clock says.
 */
export interface Close {
  /** YYYY-MM-DD. */
  readonly day: string
  /** UTF-8 JSON: totals of till, ledger, cards and centre, drawer, differences and their resolutions. */
  readonly report: Uint8Array
  /** Hex: Ed25519 of the terminal's key over the report. */
  readonly signature: string
  readonly closedAt: string
}

/** The last close no longer counts; its facts belong to the next one. */
export interface Reopen {
  readonly day: string
  /** Sequence number of the close. */
  readonly close: number
  readonly reason: string
  readonly reopenedAt: string
}

export type Fact =
  | ({ readonly kind: 'hold' } & Hold)
  | ({ readonly kind: 'posting' } & Posting)
  | ({ readonly kind: 'release' } & Release)
  | ({ readonly kind: 'correction' } & Correction)
  | ({ readonly kind: 'confirmation' } & Confirmation)
  | ({ readonly kind: 'load-hold' } & LoadHold)
  | ({ readonly kind: 'load-posting' } & LoadPosting)
  | ({ readonly kind: 'load-release' } & LoadRelease)
  | ({ readonly kind: 'close' } & Close)
  | ({ readonly kind: 'reopen' } & Reopen)

export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { readonly kind: Kind }>

/** One side of the double entry: signed fen, debit positive. The entries of a posting sum to zero. */
export interface Entry {
  readonly account: string
  readonly amount: Fen
}
