/** GET BALANCE: B0 26 00 01/02/03 (LB002) or 80 5C 00 02 (P2 5.2.5). Keeps the purse's state; leaves no trace on the card. */

import { case2Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { readUint } from '../bytes/bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { asking, type Command, type CommandRefusal } from './command.ts'
import type { PurseHeader } from './purse.ts'

export const GET_BALANCE_STATUS = {
  [SW.SECURITY_NOT_SATISFIED]: 'not-authorised',
  [SW.INVALID_STATE]: 'invalid-state',
  [SW.INSTRUCTION_UNSUPPORTED]: 'instruction-unsupported',
  [SW.CLASS_UNSUPPORTED]: 'instruction-unsupported',
  /** No purse, or no amount file, in this application. */
  [SW.FUNCTION_UNSUPPORTED]: 'no-purse',
  [SW.FILE_NOT_FOUND]: 'no-purse',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.MEMORY_FAILURE]: 'memory-failure'
} as const

export type GetBalanceRefusal = CommandRefusal<(typeof GET_BALANCE_STATUS)[keyof typeof GET_BALANCE_STATUS]>

/** fen. */
export const getBalance = (header: PurseHeader): Command<number, GetBalanceRefusal> =>
  asking(case2Short(header, 4), GET_BALANCE_STATUS, (data) => (data.length === 4 ? readUint(data, 0, 4) : undefined))

export interface YearlyTotal {
  readonly fen: number
  /** The payment year as the card holds it, 4 hex digits: packed decimal or binary, the sources do not say. */
  readonly year: string
}

export const getYearlyTotal = (header: PurseHeader): Command<YearlyTotal, GetBalanceRefusal> =>
  asking(case2Short(header, 6), GET_BALANCE_STATUS, (data) =>
    data.length === 6 ? { fen: readUint(data, 0, 4), year: toHex(data.subarray(4)) } : undefined
  )
