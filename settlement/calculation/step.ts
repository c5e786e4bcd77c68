/**
 * The steps of a calculation as numbers; `wire/explain.ts` makes sentences of them when somebody reads. Amounts in fen.
 */

import type { Fen } from '../money/fen.ts'
import type { Ratio } from '../money/ratio.ts'
import type { Limit, RowReference } from '../policy/parameters.ts'
import type { OffSiteFiling, PersonalPart, PharmacyRatio } from '../policy/policy-parts.ts'
import type { Fund } from './settlement-result.ts'

export type AccountSource = 'current-year' | 'past-years' | 'mutual-aid'

/** A limit and what was left of it before this settlement. */
export interface LimitState {
  readonly limit: Limit
  readonly used: Fen
  readonly available: Fen
}

export interface TierShare {
  readonly above: Fen
  readonly expense: Fen
  readonly ratio: Ratio
}

export type Step =
  | {
      readonly kind: 'in-scope'
      readonly total: Fen
      readonly ownPay: Fen
      readonly overCeiling: Fen
      readonly prePay: Fen
      readonly inScope: Fen
    }
  /** Care outside the insured place: points are off every band's ratio, `paid` is the person's before the funds. */
  | {
      readonly kind: 'off-site'
      readonly filing: OffSiteFiling
      readonly points: Ratio
      readonly prePay: Ratio
      readonly before: Fen
      readonly paid: Fen
      readonly left: Fen
      readonly row: RowReference
    }
  /** A pharmacy's sale is settled by the rows of another institution: the basic level, or the prescriber. */
  | { readonly kind: 'pharmacy-ratio'; readonly follows: Exclude<PharmacyRatio, 'own'>; readonly level: number; readonly row: RowReference }
  /** An entitlement of the claim says no to a fund that would pay here. */
  | { readonly kind: 'fund-not-enjoyed'; readonly fund: Fund; readonly fundPayType: string }
  /** The claim says why no fund pays: `reason` is the name of an eligibility reason. */
  | { readonly kind: 'fund-closed'; readonly reason: string; readonly inScope: Fen }
  /** psn_insu_stas is not 1: no fund pays. */
  | { readonly kind: 'not-entitled'; readonly status: string; readonly inScope: Fen }
  /** A pharmacy sells without the prescription that pooling asks for: no fund pays. */
  | { readonly kind: 'no-prescription'; readonly inScope: Fen }
  | { readonly kind: 'account-first'; readonly before: Fen; readonly balance: Fen; readonly paid: Fen; readonly left: Fen }
  | {
      readonly kind: 'deductible'
      readonly before: Fen
      readonly amount: Fen
      readonly used: Fen
      readonly paid: Fen
      readonly left: Fen
      readonly row: RowReference
    }
  | {
      readonly kind: 'band'
      readonly code: string
      readonly fund: Fund
      /** Expense the band could take, after an expense limit. */
      readonly expense: Fen
      /** Otherwise `expense` is to the nearest fen: above a payment limit it is a fraction. */
      readonly isExact: boolean
      readonly ratio: Ratio
      readonly paid: Fen
      /** Expense that goes on to the next band. */
      readonly passedOn: Fen
      /** The limits that cut the expense or the payment: none, or one of a kind, the expense limit first. */
      readonly boundBy: readonly LimitState[]
      readonly row: RowReference
    }
  | {
      readonly kind: 'supplement'
      readonly code: string
      readonly fund: Fund
      readonly of: readonly PersonalPart[]
      readonly base: Fen
      readonly used: Fen
      readonly tiers: readonly TierShare[]
      readonly paid: Fen
      readonly limit: LimitState | undefined
      readonly isCapped: boolean
      readonly row: RowReference
    }
  | { readonly kind: 'personal'; readonly total: Fen; readonly fundPaid: Fen; readonly personal: Fen }
  | {
      readonly kind: 'account'
      readonly source: AccountSource
      readonly donor: string | undefined
      readonly balance: Fen
      readonly paid: Fen
      readonly after: Fen
    }
  | { readonly kind: 'cash'; readonly personal: Fen; readonly account: Fen; readonly cash: Fen }
  /** The claim brings an accumulator that this policy has no use for. */
  | { readonly kind: 'counter-unused'; readonly counter: string; readonly amount: Fen }
  | { readonly kind: 'reversal'; readonly total: Fen; readonly fundPaid: Fen; readonly account: Fen; readonly cash: Fen }
