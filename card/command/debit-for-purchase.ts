/**
 * DEBIT FOR PURCHASE: the one command that takes money. 80 54 01 00 0F (P2 5.2.3); B0 2C 01 00 0F is a stand-in.
 *
 *   terminal serial 4 | date 4 time 3 | MAC1 4  ->  two codes of 4 bytes, MAC2 and TAC, in an order the profile tells
 *
 * The table lists only words that say for certain that nothing was changed. What it does not list, 6581 and 6F00 among
 * them, leaves the outcome unknown, and so does an answer of the wrong length: the caller must then ask for proof.
 */

import { refuse, ok, type Result } from '../../base/result.ts'
import { case4Short } from '../apdu/command-apdu.ts'
import type { ResponseApdu } from '../apdu/response-apdu.ts'
import { formatStatusWord, SW } from '../apdu/status-word.ts'
import { concat, writeUint } from '../bytes/bytes.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import { stepOf, type Command, type ListedRefusal } from './command.ts'
import type { PurseHeader } from './purse.ts'

export const DEBIT_STATUS = {
  [SW.WRONG_MAC]: 'wrong-mac',
  [SW.INSUFFICIENT_BALANCE]: 'insufficient-balance',
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

type DebitKind = (typeof DEBIT_STATUS)[keyof typeof DEBIT_STATUS]

export type DebitRefusal =
  /** The card changed nothing. */
  | ListedRefusal<DebitKind>
  /** Anything may have happened. */
  | { readonly kind: 'uncertain'; readonly step: string; readonly statusWord: string; readonly length: number }

const ANSWER_LENGTH = 8

export function debitForPurchase(input: {
  readonly header: PurseHeader
  readonly terminalSerial: number
  readonly time: string
  readonly mac1: Uint8Array
}): Command<readonly [Uint8Array, Uint8Array], DebitRefusal> {
  const data = concat(writeUint(input.terminalSerial, 4), packDecimal(input.time, 7), input.mac1)
  const apdu = case4Short(input.header, data, ANSWER_LENGTH)
  return { apdu, parse: (answer) => parseDebit(apdu, answer) }
}

function parseDebit(apdu: Uint8Array, { data, sw }: ResponseApdu): Result<readonly [Uint8Array, Uint8Array], DebitRefusal> {
  if (sw === SW.OK && data.length === ANSWER_LENGTH) return ok([data.slice(0, 4), data.slice(4, 8)])
  const table: Readonly<Record<number, DebitKind>> = DEBIT_STATUS
  const kind = table[sw]
  const statusWord = formatStatusWord(sw)
  // A refusal carries no data: a truncated success whose last two bytes look like one must not pass for it.
  if (kind !== undefined && data.length === 0) return refuse({ kind, statusWord })
  return refuse({ kind: 'uncertain', step: stepOf(apdu), statusWord, length: data.length })
}
