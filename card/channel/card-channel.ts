/**
 * The port everything above speaks to a card through: one command APDU in, one response APDU out. Decorators of it queue,
 * record, replay, inject faults and answer 61xx and 6Cxx.
 */

import type { Result } from '../../base/result.ts'

/**
 * Why there is no response. After `no-answer` and `card-removed` the card may or may not have executed the command: the
 * caller must treat the outcome as unknown, never as failed (P2 5.6).
 */
export type ChannelFailure =
  | { readonly kind: 'card-removed' }
  /** Someone else reset the card, or another card sits there now: nothing was sent. */
  | { readonly kind: 'card-reset' }
  /** Sent, and nothing or less than SW1 SW2 came back. */
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'reader-fault'; readonly detail: string }

export interface CardChannel {
  /** `command` is a whole command APDU, the answer a whole response APDU with SW1 SW2. */
  transmit(command: Uint8Array): Promise<Result<Uint8Array, ChannelFailure>>
}
