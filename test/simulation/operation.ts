/**
 * What people set out to do at a till, and what they were told. An operation's plan is drawn from its id alone, so that
 * whoever knows the id knows what was bought, whether the PIN was right and whether the card would be pulled; what came of it
 * is judged against the plan (actors/lawful.ts). Amounts are fen, times are ms since 1970.
 */

import type { Plan } from './actors/plan.ts'

export type OperationId = `op-${number}`
export type OperationKind = Plan['kind']

export interface OperationBegun {
  readonly id: OperationId
  readonly time: number
  readonly terminal: string
  /** Name of the world's card; undefined: nobody's card is needed. */
  readonly card: string | undefined
  readonly plan: Plan
}

export interface OperationEnded {
  readonly id: OperationId
  readonly time: number
  readonly terminal: string
  readonly card: string | undefined
  readonly outcome: Outcome
  /** In the order in which the window told it. */
  readonly told: readonly Told[]
}

/** The last that the people at the counter heard. */
export type Outcome =
  /** What was planned was done. */
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly request: string; readonly refusal: string }
  /** Nobody knows yet whether the card was charged, or loaded. */
  | { readonly kind: 'in-doubt'; readonly request: string }
  /** The process behind the window ended before it answered. */
  | { readonly kind: 'host-died'; readonly request: string }
  /** Ten minutes without an answer, from a host that is there: never lawful. */
  | { readonly kind: 'nobody-answered'; readonly request: string }
  /** They gave it up by themselves. */
  | { readonly kind: 'left'; readonly why: 'walked-away' | 'forgot-pin' | 'nothing-to-do' | 'card-not-shown' | 'bill-not-computed' }

export type Told = Statement | Doubt | Resolved | Refunded | Loaded | Balance | Closed | Confirmed

export interface Statement {
  readonly kind: 'statement'
  readonly settlementId: string
  readonly visitNo: string
  readonly total: number
  readonly fundPaid: number
  readonly personal: number
  readonly account: number
  readonly cash: number
  /** On the chip; undefined: the account is at the centre, or the card did not say. */
  readonly balanceBefore: number | undefined
  readonly balanceAfter: number | undefined
  /** Whole packs that were handed over. */
  readonly packs: readonly string[]
  /** Visit number of the sale that it took the place of. */
  readonly replaces: string | undefined
}

export interface Doubt {
  readonly kind: 'doubt'
  readonly of: 'settlement' | 'load'
  readonly settlementId: string
  /** What may have been taken from the card, or put onto it. */
  readonly account: number
}

export interface Resolved {
  readonly kind: 'resolved'
  readonly of: 'settlement' | 'load'
  readonly settlementId: string
  readonly outcome: 'posted' | 'released' | 'in-doubt' | 'not-recorded'
}

export interface Refunded {
  readonly kind: 'refunded'
  readonly settlementId: string
  /** Handed back in cash. */
  readonly cash: number
  readonly owedToCard: number
}

export interface Loaded {
  readonly kind: 'loaded'
  readonly loadId: string
  /** The settlement or the credit that it was for. */
  readonly owed: string
  readonly amount: number
  readonly balanceBefore: number
  readonly balanceAfter: number
}

/** After the PIN, of an account on the card. */
export interface Balance {
  readonly kind: 'balance'
  readonly balance: number
}

export interface Closed {
  readonly kind: 'closed'
  readonly sequence: number
  readonly settlements: number
  readonly total: number
  readonly cash: number
  readonly differences: number
}

export interface Confirmed {
  readonly kind: 'confirmed'
  readonly settlementId: string
  readonly setlId: string
}
