/** Why an operation of a session did not give what it was asked for. One closed union for all of them. */

import type { CommandRefusal, UnlistedRefusal } from '../command/command.ts'

export type EndCause = 'card-removed' | 'card-reset' | 'card-swapped'

/** The card this session was opened for is no longer under its hands. Every later call says so too. */
export interface SessionEnded {
  readonly kind: 'session-ended'
  readonly cause: EndCause
}

export interface ReaderFault {
  readonly kind: 'reader-fault'
  readonly detail: string
}

export type CardFault =
  | SessionEnded
  | ReaderFault
  /** The file asks for the PIN, or for a key that no PSAM was there to show. */
  | { readonly kind: 'pin-not-verified' }
  /** The application or the whole card was blocked by its issuer. */
  | { readonly kind: 'card-blocked'; readonly statusWord: string }
  /** 'none': there is no PSAM. */
  | { readonly kind: 'psam'; readonly statusWord: string }
  | UnlistedRefusal

/** The talk itself failed, whatever was asked. */
export type TalkFault = SessionEnded | ReaderFault

/** A command's refusal as a fault of the operation that sent it. Listed meanings that no operation waits for keep their word. */
export function faultOf(step: string, refusal: CommandRefusal<string> | TalkFault): CardFault {
  if ('step' in refusal || !('statusWord' in refusal)) return refusal
  const { kind, statusWord } = refusal
  if (kind === 'not-authorised') return { kind: 'pin-not-verified' }
  if (kind === 'application-blocked' || kind === 'card-blocked') return { kind: 'card-blocked', statusWord }
  return { kind: 'card-refused', step, statusWord }
}
