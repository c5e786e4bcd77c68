/**
 * CREDIT FOR LOAD: the one command that puts money on the card. 80 52 00 00 0B (P2 5.2.2); B0 2A 00 00 0B is a stand-in, the
 * SSC's own bytes are not public.
 *
 *   host date 4 time 3 | MAC2 4  ->  TAC 4
 *
 * As with the debit, the table lists only words that say for certain that nothing was changed. What it does not list, 6581
 * and 6F00 among them, leaves the outcome unknown, and so does an answer of the wrong length.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { case4Short } from '../apdu/command-apdu.ts'
import type { ResponseApdu } from '../apdu/response-apdu.ts'
import { formatStatusWord, SW } from '../apdu/status-word.ts'
import { concat } from '../bytes/bytes.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import { stepOf, type Command, type ListedRefusal } from './command.ts'
import type { PurseHeader } from './purse.ts'

export const CREDIT_STATUS = {
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

type CreditKind = (typeof CREDIT_STATUS)[keyof typeof CREDIT_STATUS]

export type CreditRefusal =
  /** The card changed nothing. */
  | ListedRefusal<CreditKind>
  /** Anything may have happened. */
  | { readonly kind: 'uncertain'; readonly step: string; readonly statusWord: string; readonly length: number }

const TAC_LENGTH = 4

/** `time` is the host's, 14 digits; `mac2` the host's, 4 bytes. The value is the TAC. */
export function creditForLoad(input: {
  readonly header: PurseHeader
  readonly time: string
  readonly mac2: Uint8Array
}): Command<Uint8Array, CreditRefusal> {
  const apdu = case4Short(input.header, concat(packDecimal(input.time, 7), input.mac2), TAC_LENGTH)
  return { apdu, parse: (answer) => parseCredit(apdu, answer) }
}

function parseCredit(apdu: Uint8Array, { data, sw }: ResponseApdu): Result<Uint8Array, CreditRefusal> {
  if (sw === SW.OK && data.length === TAC_LENGTH) return ok(data)
  const table: Readonly<Record<number, CreditKind>> = CREDIT_STATUS
  const kind = table[sw]
  const statusWord = formatStatusWord(sw)
  // A refusal carries no data: a truncated success whose last two bytes look like one must not pass for it.
  if (kind !== undefined && data.length === 0) return refuse({ kind, statusWord })
  return refuse({ kind: 'uncertain', step: stepOf(apdu), statusWord, length: data.length })
}
