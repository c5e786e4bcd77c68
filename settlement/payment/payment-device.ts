/**
 * The port through which a settlement takes money from a card: evidence in, evidence out, no card word. The host
 * implements it with a card session and a PSAM.
 *
 *   initialise -> (hold becomes durable) -> debit -> (posting becomes durable)
 *                                             \-> unknown: the hold stays in doubt until `resolve` brings proof
 */

import type { Result } from '../../base/result.ts'
import type { Fen } from '../money/fen.ts'

/** The three amounts that the card signs (S38 2). */
export interface DebitAmounts {
  /** Taken from the balance on the card; 0 on a card that only signs. */
  readonly account: Fen
  readonly own: Fen
  readonly pooled: Fen
}

/** Everything that is known before the card may change, and that a later proof is checked against. */
export interface DebitIntent {
  /** Hex: the card's identification code (item 01), which is unique per card. */
  readonly cardId: string
  /** The card's transaction serial before the debit. */
  readonly serialBefore: number
  /** fen on the card before the debit; undefined when the account is not on the card. */
  readonly balanceBefore: Fen | undefined
  /** 12 digits. */
  readonly terminalNo: string
  /** The PSAM's own transaction serial. */
  readonly terminalSerial: number
  /** 14 digits YYYYMMDDhhmmss, signed by the card. */
  readonly time: string
  readonly amounts: DebitAmounts
}

/** The serial that the debit, or whichever purchase comes instead of it, gives its card: 2 bytes that begin anew. */
export const serialOfDebit = ({ serialBefore }: Pick<DebitIntent, 'serialBefore'>): number => (serialBefore + 1) % 65_536

/** What proves that the card took part, for the centre to verify. */
export interface DebitEvidence {
  readonly source: 'debit-answer' | 'transaction-prove' | 'transaction-log'
  /** Hex, 4 bytes; undefined when the proof came from the log, which carries no TAC. */
  readonly tac: string | undefined
  readonly mac2: string | undefined
  readonly serialAfter: number
  readonly balanceAfter: Fen | undefined
}

/** The card changed nothing, and said so. Member names are stable: screens and tests switch on them. */
export type DeviceRefusal =
  | { readonly kind: 'insufficient-balance'; readonly balance: Fen | undefined; readonly asked: Fen }
  /** More than the card can sign in one settlement. */
  | { readonly kind: 'amount-too-large'; readonly amount: Fen; readonly max: Fen }
  | { readonly kind: 'pin-not-verified' }
  | { readonly kind: 'key-version-unknown' }
  | { readonly kind: 'terminal-not-authentic' }
  | { readonly kind: 'psam'; readonly statusWord: string }
  | { readonly kind: 'card-blocked'; readonly statusWord: string }
  | { readonly kind: 'session-ended'; readonly cause: 'card-removed' | 'card-reset' | 'card-swapped' }
  | { readonly kind: 'card-refused'; readonly step: string; readonly statusWord: string }
  | { readonly kind: 'reader-fault'; readonly detail: string }

export type DebitOutcome =
  | { readonly kind: 'debited'; readonly evidence: DebitEvidence }
  | { readonly kind: 'not-debited'; readonly refusal: DeviceRefusal }
  /** Sent, and no usable answer: only proof settles it. */
  | { readonly kind: 'unknown'; readonly cause: string }

export type Resolution =
  | { readonly kind: 'debited'; readonly evidence: DebitEvidence }
  | { readonly kind: 'not-debited'; readonly proof: string }
  /** Nothing proved: no card, another card, PIN needed to read the log, card does not answer. */
  | { readonly kind: 'unresolved'; readonly reason: string }

export interface PaymentDevice {
  /** Asks the card for its serial and balance and the PSAM for its serial. Leaves every balance as it was. */
  initialise(amounts: DebitAmounts, time: string): Promise<Result<DebitIntent, DeviceRefusal>>
  /** Sends the one command that takes the money, once. */
  debit(intent: DebitIntent): Promise<DebitOutcome>
  /** Asks the card now present whether the intent's debit happened. `proved`: debits of the same card that have. */
  resolve(intent: DebitIntent, proved: () => readonly DebitIntent[]): Promise<Resolution>
}
