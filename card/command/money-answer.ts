/**
 * What the answer to a command that moves money says: DEBIT FOR PURCHASE and CREDIT FOR LOAD alike. The table lists only
 * words that say for certain that nothing was changed. What it does not list, 6581 and 6F00 among them, leaves the outcome
 * unknown, and so does an answer of the wrong length: the caller must then ask for proof.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { ResponseApdu } from '../apdu/response-apdu.ts'
import { formatStatusWord, SW } from '../apdu/status-word.ts'
import { stepOf, type ListedRefusal } from './command.ts'

export const UNCHANGED_STATUS = {
  [SW.WRONG_MAC]: 'wrong-mac',
  [SW.COUNTER_AT_MAXIMUM]: 'counter-at-maximum',
  [SW.KEY_INDEX_UNKNOWN]: 'key-version-unknown',
  [SW.SECURITY_NOT_SATISFIED]: 'not-authorised',
  [SW.BLOCKED]: 'not-authorised',
  [SW.INVALID_STATE]: 'refused',
  [SW.STATE_UNCHANGED]: 'refused',
  [SW.WRONG_LENGTH]: 'refused',
  [SW.NOT_ACCEPTED]: 'refused',
  [SW.DATA_INVALID]: 'refused',
  [SW.NO_CURRENT_FILE]: 'refused',
  [SW.SECURE_MESSAGING_MISSING]: 'refused',
  [SW.SECURE_MESSAGING_WRONG]: 'refused',
  [SW.WRONG_DATA]: 'refused',
  [SW.WRONG_P1_P2]: 'refused',
  [SW.FILE_NOT_FOUND]: 'refused',
  [SW.KEY_NOT_FOUND]: 'refused',
  [SW.OFFSET_OUTSIDE]: 'refused',
  [SW.INSTRUCTION_UNSUPPORTED]: 'refused',
  [SW.CLASS_UNSUPPORTED]: 'refused',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.FUNCTION_UNSUPPORTED]: 'card-blocked'
} as const satisfies Readonly<Record<number, string>>

export type MoneyRefusal<Kind extends string> =
  /** The card changed nothing. */
  | ListedRefusal<Kind>
  /** Anything may have happened. */
  | { readonly kind: 'uncertain'; readonly step: string; readonly statusWord: string; readonly length: number }

/** The data of a success, `length` bytes. */
export function readMoneyAnswer<Kind extends string>(
  apdu: Uint8Array,
  { data, sw }: ResponseApdu,
  { table, length }: { readonly table: Readonly<Record<number, Kind>>; readonly length: number }
): Result<Uint8Array, MoneyRefusal<Kind>> {
  if (sw === SW.OK && data.length === length) return ok(data)
  const kind = table[sw]
  const statusWord = formatStatusWord(sw)
  // A refusal carries no data: a truncated success whose last two bytes look like one must not pass for it.
  if (kind !== undefined && data.length === 0) return refuse({ kind, statusWord })
  return refuse({ kind: 'uncertain', step: stepOf(apdu), statusWord, length: data.length })
}
