/** INITIALIZE FOR LOAD: B0 28 00 01 0B (LB002) or 80 50 00 02 0B (P2 5.2.8); both answer 10 hex bytes. */

import { case4Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { byteAt, concat, readUint, writeUint } from '../bytes/bytes.ts'
import { asking, type Command, type CommandRefusal } from './command.ts'
import { terminalBytes, type PurseHeader } from './purse.ts'

export const INITIALIZE_STATUS = {
  [SW.SECURITY_NOT_SATISFIED]: 'not-authorised',
  [SW.INVALID_STATE]: 'invalid-state',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.FUNCTION_UNSUPPORTED]: 'no-purse',
  [SW.INSUFFICIENT_BALANCE]: 'insufficient-balance',
  [SW.COUNTER_AT_MAXIMUM]: 'counter-at-maximum',
  [SW.KEY_INDEX_UNKNOWN]: 'key-version-unknown'
} as const

export type InitializeRefusal = CommandRefusal<(typeof INITIALIZE_STATUS)[keyof typeof INITIALIZE_STATUS]>

export interface LoadInitialisation {
  /** fen. */
  readonly balance: number
  readonly serial: number
  readonly keyVersion: number
  readonly algorithm: number
  /** 4 bytes. */
  readonly random: Uint8Array
  /** 4 bytes. */
  readonly mac1: Uint8Array
}

const ANSWER_LENGTH = 16

/** balance 4 | serial 2 | key version 1 | algorithm 1 | random 4 | MAC1 4 */
const parseAnswer = (data: Uint8Array): LoadInitialisation | undefined =>
  data.length === ANSWER_LENGTH
    ? {
        balance: readUint(data, 0, 4),
        serial: readUint(data, 4, 2),
        keyVersion: byteAt(data, 6),
        algorithm: byteAt(data, 7),
        random: data.slice(8, 12),
        mac1: data.slice(12, 16)
      }
    : undefined

export function initializeForLoad(input: {
  readonly header: PurseHeader
  readonly keyIndex: number
  readonly amountFen: number
  readonly terminalNo: string
}): Command<LoadInitialisation, InitializeRefusal> {
  const data = concat(Uint8Array.of(input.keyIndex), writeUint(input.amountFen, 4), terminalBytes(input.terminalNo))
  return asking(case4Short(input.header, data, ANSWER_LENGTH), INITIALIZE_STATUS, parseAnswer)
}
