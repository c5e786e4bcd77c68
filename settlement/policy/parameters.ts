/**
 * What a policy says for one set of facts: every row picked, every text turned into whole numbers. Plain data; the
 * calculation reads it and looks nothing up.
 */

import type { Fund } from '../calculation/settlement-result.ts'
import type { Fen } from '../money/fen.ts'
import type { Ratio } from '../money/ratio.ts'
import type { Rounding } from '../money/rounding.ts'
import type { ChargeClass, LimitKind, OffSiteFiling, PersonalPart } from './policy-parts.ts'

/** Which row gave a value, for the explanation. */
export interface RowReference {
  /** "bands[0].ratio[2]" */
  readonly parameter: string
  readonly source: string
  readonly certainty: string
}

export type ClassReason = 'class-a' | 'class-b' | 'class-c' | 'class-payable-c' | 'own-pay-by-policy'

export interface ClassRule {
  readonly isOwnPay: boolean
  readonly reason: ClassReason
  /** undefined: the line must carry its own. */
  readonly prePay: Ratio | undefined
  readonly row: RowReference | undefined
}

export interface Deductible {
  readonly amount: Fen
  readonly counter: string
  readonly isYearly: boolean
  readonly row: RowReference
}

export interface Limit {
  readonly of: LimitKind
  readonly amount: Fen
  readonly counter: string
  readonly isYearly: boolean
  readonly row: RowReference
}

export interface Band {
  readonly pays: Fund
  readonly fundPayType: string
  /** Code of the step in the vocabulary of policy items: C000, L001 ... */
  readonly code: string
  readonly ratio: Ratio
  /** All of them hold. */
  readonly limits: readonly Limit[]
  /** The counters that a payment is added to: the fund's own name, for the year's statement, and those of its limits. */
  readonly paidCounters: readonly string[]
  readonly row: RowReference
}

export interface Tier {
  readonly above: Fen
  readonly ratio: Ratio
}

export interface Supplement {
  readonly pays: Fund
  readonly fundPayType: string
  readonly code: string
  readonly of: readonly PersonalPart[]
  readonly counter: string
  readonly isYearly: boolean
  readonly tiers: readonly Tier[]
  readonly limit: Limit | undefined
  readonly row: RowReference
}

export interface AccountRule {
  readonly isFirst: boolean
  readonly currentYearPays: ReadonlySet<PersonalPart>
  readonly pastYearsPays: ReadonlySet<PersonalPart>
  readonly mutualAidPays: ReadonlySet<PersonalPart>
}

/** What care outside the insured place costs; the points are already off the bands. */
export interface OffSite {
  readonly filing: OffSiteFiling
  readonly points: Ratio
  readonly prePay: Ratio
  readonly row: RowReference
}

/** A fund that would pay here and is closed to the person. */
export interface ClosedFund {
  readonly fund: Fund
  readonly fundPayType: string
}

export interface Parameters {
  readonly prePayRounding: Rounding
  readonly fundRounding: Rounding
  readonly classes: Readonly<Record<ChargeClass, ClassRule>>
  readonly deductible: Deductible | undefined
  readonly bands: readonly Band[]
  readonly supplements: readonly Supplement[]
  readonly account: AccountRule
  readonly billMax: Limit | undefined
  readonly offSite: OffSite | undefined
  readonly closed: readonly ClosedFund[]
}
