/** The shapes of a load 圈存: what the card asks, what the issuer signs, what came of it, what can be proved. Amounts in fen. */

import type { EndCause, ModuleFault } from './fault.ts'

/** The card's answer to INITIALIZE FOR LOAD: the issuer checks MAC1 and signs over the rest. Leaves every balance as it was. */
export interface LoadOffer {
  /** Hex of item 01. */
  readonly cardId: string
  readonly balance: number
  readonly amount: number
  /** Before the load. Loads and settlements count by serials of their own. */
  readonly loadSerial: number
  readonly keyVersion: number
  /** 8 hex digits each. */
  readonly random: string
  readonly mac1: string
  /** 12 digits. */
  readonly terminalNo: string
}

/** An offer that the issuer has signed. */
export interface LoadIntent {
  readonly cardId: string
  readonly serialBefore: number
  readonly balanceBefore: number
  readonly amount: number
  /** 12 digits. */
  readonly terminalNo: string
  /** 14 digits, the issuer's clock. */
  readonly time: string
  /** 8 hex digits. */
  readonly mac2: string
}

export interface LoadEvidence {
  readonly source: 'credit-answer' | 'transaction-prove' | 'transaction-log'
  /** 8 hex digits; the log carries none. */
  readonly tac: string | undefined
  readonly serialAfter: number
  /** undefined when it cannot be read, or has moved on since. */
  readonly balanceAfter: number | undefined
}

/** The card changed nothing. */
export type LoadRefusal =
  /** Online mode: the account is at the centre, and money for it too. */
  | { readonly kind: 'account-not-on-card' }
  /** MAC2 wrong (9302): not signed by this card's issuer, or not for this initialisation. */
  | { readonly kind: 'load-not-authentic' }
  | { readonly kind: 'pin-not-verified' }
  | { readonly kind: 'key-version-unknown' }
  | ModuleFault
  | { readonly kind: 'card-blocked'; readonly statusWord: string }
  | { readonly kind: 'session-ended'; readonly cause: EndCause }
  | { readonly kind: 'card-refused'; readonly step: string; readonly statusWord: string }
  | { readonly kind: 'reader-fault'; readonly detail: string }

/** Why a credit that was sent is neither proved nor disproved. */
export type LoadUnknownCause = 'no-answer' | 'card-removed' | 'reader-fault' | 'unclear-answer' | 'balance-does-not-fit'

export type LoadOutcome =
  | { readonly kind: 'loaded'; readonly evidence: LoadEvidence }
  | { readonly kind: 'not-loaded'; readonly refusal: LoadRefusal }
  | { readonly kind: 'unknown'; readonly cause: LoadUnknownCause }

export type LoadUnresolvedReason =
  | 'other-card'
  | 'pin-needed'
  /** Without a PSAM the card cannot prove that it is no copy, and a copy's word closes no load. */
  | 'psam-needed'
  | 'session-ended'
  | 'card-does-not-answer'
  | 'serial-does-not-fit'
  | 'log-shows-another-transaction'
  | 'log-does-not-show-it'

export type LoadResolution =
  | { readonly kind: 'loaded'; readonly evidence: LoadEvidence }
  | { readonly kind: 'not-loaded'; readonly proof: 'load-serial-unchanged' }
  | { readonly kind: 'unresolved'; readonly reason: LoadUnresolvedReason }
