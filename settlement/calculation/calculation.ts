/** What `calculate` gives. Everything is fen and plain data; the wire form is wire/calculation-to-wire.ts. */

import type { Fen } from '../money/fen.ts'
import type { Ratio } from '../money/ratio.ts'
import type { ClassReason } from '../policy/parameters.ts'
import type { PersonalPart } from '../policy/policy-parts.ts'
import type { Account, Claim, ClaimLine } from './claim.ts'
import type { Counters } from './counters.ts'
import type { Amounts, Fund, LineAmounts } from './settlement-result.ts'
import type { Step } from './step.ts'

/** Why a line falls the way it does. */
export type LineReason = ClassReason | 'restricted-not-approved' | 'approval-refused'

export interface CalculatedLine extends LineAmounts {
  readonly reason: LineReason
  /** The pre-self-pay share that was used; undefined on an own-pay line. */
  readonly prePayRatio: Ratio | undefined
  readonly line: ClaimLine
}

/** One row of setldetail. */
export interface FundRow {
  readonly fundPayType: string
  /** undefined for the account row. */
  readonly fund: Fund | undefined
  readonly paid: Fen
  /** crt_payb_lmt_amt: what the fund's payment limit still admitted before; undefined without such a limit. */
  readonly availableBefore: Fen | undefined
}

/** A part of the personal share, and who pays it. */
export interface PersonalShare {
  readonly part: PersonalPart
  readonly amount: Fen
  /** By the person's own account. */
  readonly own: Fen
  readonly mutualAid: Fen
  readonly cash: Fen
}

export interface Calculation {
  readonly kind: 'settlement' | 'reversal'
  readonly region: string
  readonly policyVersion: string
  readonly claim: Claim
  readonly amounts: Amounts
  readonly lines: readonly CalculatedLine[]
  readonly fundRows: readonly FundRow[]
  readonly personalShares: readonly PersonalShare[]
  /** What the settlement adds to the year's counters; those it does not touch are absent. */
  readonly counters: Counters
  /** Balances after the settlement. */
  readonly account: Account
  /** Share of the first band that applies; undefined when no band does. */
  readonly poolRatio: Ratio | undefined
  readonly steps: readonly Step[]
}
