/** The shapes of a debit: what is known before it, what came of it, what can be proved after it. Amounts in fen. */

import type { PurseAmounts } from '../command/purse.ts'
import type { EndCause, ModuleFault } from './fault.ts'

export interface DebitIntent {
  /** Hex of item 01. */
  readonly cardId: string
  /** The card's transaction serial before the debit. */
  readonly serialBefore: number
  /** undefined when the account is not on the card. */
  readonly balanceBefore: number | undefined
  /** 12 digits. */
  readonly terminalNo: string
  readonly terminalSerial: number
  /** 14 digits YYYYMMDDhhmmss. */
  readonly time: string
  readonly amounts: PurseAmounts
}

export interface DebitEvidence {
  readonly source: 'debit-answer' | 'transaction-prove' | 'transaction-log'
  /** Hex, 4 bytes. */
  readonly tac: string | undefined
  readonly mac2: string | undefined
  readonly serialAfter: number
  /** As the card says, which need not be what it should be: see `balanceFits`. */
  readonly balanceAfter: number | undefined
  /**
   * Whether the balance found is balanceBefore less the account amount; undefined when either is not known. False after a
   * debit is a broken card, false after a resolution another transaction that followed: balanceAfter is unknown then.
   */
  readonly balanceFits: boolean | undefined
}

/** The card changed nothing. */
export type DebitRefusal =
  | { readonly kind: 'insufficient-balance'; readonly balance: number | undefined; readonly asked: number }
  | { readonly kind: 'pin-not-verified' }
  | { readonly kind: 'key-version-unknown' }
  /** MAC1 wrong (9302): the PSAM is not one this card trusts. */
  | { readonly kind: 'terminal-not-authentic' }
  | ModuleFault
  | { readonly kind: 'card-blocked'; readonly statusWord: string }
  | { readonly kind: 'session-ended'; readonly cause: EndCause }
  | { readonly kind: 'card-refused'; readonly step: string; readonly statusWord: string }
  | { readonly kind: 'reader-fault'; readonly detail: string }

/** Why a debit that was sent is neither proved nor disproved. */
export type UnknownCause = 'no-answer' | 'card-removed' | 'reader-fault' | 'unclear-answer' | 'mac2-wrong' | 'mac2-unverified'

export type DebitOutcome =
  | { readonly kind: 'debited'; readonly evidence: DebitEvidence }
  | { readonly kind: 'not-debited'; readonly refusal: DebitRefusal }
  | { readonly kind: 'unknown'; readonly cause: UnknownCause }

export type UnresolvedReason =
  | 'other-card'
  | 'pin-needed'
  /** Without a PSAM the card cannot prove that it is no copy, and a copy's word closes no hold. */
  | 'psam-needed'
  | 'not-genuine'
  | 'session-ended'
  | 'card-does-not-answer'
  | 'balance-does-not-fit'
  | 'log-shows-another-transaction'
  | 'log-does-not-show-it'

export type Resolution =
  | { readonly kind: 'debited'; readonly evidence: DebitEvidence }
  | { readonly kind: 'not-debited'; readonly proof: 'serial-unchanged' | 'serial-taken-by-another' }
  | { readonly kind: 'unresolved'; readonly reason: UnresolvedReason }

export const SERIAL_COUNT = 0x1_0000

export const serialAfter = (serial: number): number => (serial + 1) % SERIAL_COUNT

export const sameIntent = (left: DebitIntent, right: DebitIntent): boolean =>
  left.cardId === right.cardId &&
  left.serialBefore === right.serialBefore &&
  left.terminalNo === right.terminalNo &&
  left.terminalSerial === right.terminalSerial &&
  left.time === right.time

export function balanceFits(intent: DebitIntent, after: number | undefined): boolean | undefined {
  if (intent.balanceBefore === undefined || after === undefined) return undefined
  return after === intent.balanceBefore - intent.amounts.account
}
