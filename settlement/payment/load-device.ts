/**
 * The port through which money is put onto a card: the centre signs, the card proves, no card word. The host implements it
 * with a card session.
 *
 *   initialise -> (centre signs) -> (load-hold becomes durable) -> credit -> (load-posting becomes durable)
 *                                                                    \-> unknown: in doubt until `resolve` brings proof
 */

import type { Result } from '../../base/result.ts'
import type { Fen } from '../money/fen.ts'
import type { DeviceRefusal } from './payment-device.ts'

export interface LoadRequest {
  readonly amount: Fen
}

/** What the card answered to INITIALIZE FOR LOAD: the centre checks it and signs over it. Leaves every balance as it was. */
export interface LoadOffer {
  /** Hex of item 01. */
  readonly cardId: string
  readonly balance: Fen
  readonly amount: Fen
  /** The card's load serial before the load. */
  readonly loadSerial: number
  readonly keyVersion: number
  /** 8 hex digits each. */
  readonly random: string
  readonly mac1: string
  /** 12 digits. */
  readonly terminalNo: string
}

/** An offer that the centre has signed. */
export interface LoadIntent {
  readonly cardId: string
  readonly serialBefore: number
  readonly balanceBefore: Fen
  readonly amount: Fen
  readonly terminalNo: string
  /** 14 digits, the centre's clock; the card signs it. */
  readonly time: string
  /** 8 hex digits. */
  readonly mac2: string
}

export interface LoadEvidence {
  readonly source: 'credit-answer' | 'transaction-prove' | 'transaction-log'
  /** 8 hex digits; undefined when the proof came from the log. */
  readonly tac: string | undefined
  readonly serialAfter: number
  readonly balanceAfter: Fen | undefined
}

/** The card changed nothing, and said so. */
export type LoadDeviceRefusal =
  /** The account is at the centre, and money for it goes there. */
  | { readonly kind: 'account-not-on-card' }
  /** MAC2 is not the issuer's over this initialisation. */
  | { readonly kind: 'load-not-authentic' }
  | DeviceRefusal

export type LoadOutcome =
  | { readonly kind: 'loaded'; readonly evidence: LoadEvidence }
  | { readonly kind: 'not-loaded'; readonly refusal: LoadDeviceRefusal }
  /** Sent, and no usable answer: only proof settles it. */
  | { readonly kind: 'unknown'; readonly cause: string }

export type LoadResolution =
  | { readonly kind: 'loaded'; readonly evidence: LoadEvidence }
  | { readonly kind: 'not-loaded'; readonly proof: string }
  | { readonly kind: 'unresolved'; readonly reason: string }

export interface LoadDevice {
  /** Needs the holder's PIN given to the card. */
  initialise(request: LoadRequest): Promise<Result<LoadOffer, LoadDeviceRefusal>>
  /** Sends the one command that moves the money, once, with the centre's MAC2. */
  credit(intent: LoadIntent): Promise<LoadOutcome>
  /** Asks the card now present whether the intent's load happened. */
  resolve(intent: LoadIntent): Promise<LoadResolution>
}
