/** Why an operation of a session did not give what it was asked for. One closed union for all of them. */

import type { CommandRefusal, UnlistedRefusal } from '../command/command.ts'
import type { ModuleRefusal } from './ports.ts'

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

/** The PSAM refused, failed or is not there. `reason` is its own word for it, `statusWord` 'none' where it gave none. */
export interface ModuleFault {
  readonly kind: 'psam'
  readonly reason: string
  readonly statusWord: string
}

export const NO_MODULE: ModuleFault = { kind: 'psam', reason: 'no-psam', statusWord: 'none' }

export const moduleFault = ({ kind, statusWord }: ModuleRefusal): ModuleFault => ({
  kind: 'psam',
  reason: kind,
  statusWord: statusWord ?? 'none'
})

export type CardFault =
  | SessionEnded
  | ReaderFault
  /** The file asks for the PIN, or for a key that no PSAM was there to show. */
  | { readonly kind: 'pin-not-verified' }
  /** The application or the whole card was blocked by its issuer. */
  | { readonly kind: 'card-blocked'; readonly statusWord: string }
  | ModuleFault
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

/** Words that say one thing only: of the card, and of its application. 6985 is said by a command out of its order too. */
const SAYS_BLOCKED: ReadonlySet<string> = new Set(['6A81', '9303'])

/** Whether what a card refuses it refuses for good, as far as one answer can tell. */
export const isBlocked = (refusal: { readonly kind: string; readonly statusWord?: string }): boolean => SAYS_BLOCKED.has(refusal.statusWord ?? '')
