/**
 * What eligibility answers. A fund that may not pay leaves the account, and the account leaves cash: only what the law
 * forbids to hand over is not sold at all.
 */

import type { Fen } from '../money/fen.ts'
import type { Quantity } from '../money/price.ts'
import type { Reason } from './reason.ts'

/** From the best to the worst; the cover of an item is the best that any fund gives it. */
export const COVERS = ['covered', 'limited', 'own-money', 'forbidden'] as const
export type Cover = (typeof COVERS)[number]

/** The funds that a verdict speaks of: the pools, then whose benefits are kept apart. */
export const FUND_KINDS = ['pool', 'chronic', 'special-drug', 'maternity', 'work-injury'] as const
export type FundKind = (typeof FUND_KINDS)[number]

export interface Verdict {
  /** What stands against the person as a whole, weightiest first; each of them is in the items' verdicts too. */
  readonly person: readonly Reason[]
  /** Of the prescription as a whole. */
  readonly prescription: readonly Reason[]
  /** In the order of the question. */
  readonly items: readonly ItemVerdict[]
}

export interface ItemVerdict {
  readonly line: string
  readonly cover: Cover
  /** One row a fund that this visit could draw on. */
  readonly funds: readonly FundVerdict[]
  /** Of `limited`: how much of the line a fund may pay; the rest is the person's. */
  readonly payable: Payable | undefined
  /** false: not even the account may pay (a lost card), so it is cash. */
  readonly accountMayPay: boolean
  /** Packs of the line that want a trace code; 0: an exempt kind, or none is asked for. */
  readonly tracesWanted: number
  /** Everything that applies, weightiest first; of `limited`, that which gives `payable` before all. Empty: covered without a word. */
  readonly reasons: readonly Reason[]
}

export type Payable = { readonly of: 'quantity'; readonly quantity: Quantity } | { readonly of: 'amount'; readonly amount: Fen }

export interface FundVerdict {
  readonly fund: FundKind
  readonly cover: Cover
  readonly reasons: readonly Reason[]
}
