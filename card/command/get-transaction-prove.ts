/**
 * GET TRANSACTION PROVE: 80 5A 00 type 02 (P2 5.2.6); B0 2E 00 type 02 is a stand-in, and whether every social security
 * card has it is open. Answers MAC then TAC, unlike the PBOC debit. Needs no PIN, changes nothing.
 */

import { case4Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { writeUint } from '../bytes/bytes.ts'
import { asking, type Command, type CommandRefusal } from './command.ts'
import type { PurseCommands } from './purse.ts'

export const TRANSACTION_PROVE_STATUS = {
  /** The card keeps no codes for this serial. Alone it proves nothing: the next transaction may have thrown them away. */
  [SW.PROOF_UNAVAILABLE]: 'no-proof',
  [SW.INSTRUCTION_UNSUPPORTED]: 'prove-missing',
  [SW.CLASS_UNSUPPORTED]: 'prove-missing',
  [SW.FUNCTION_UNSUPPORTED]: 'prove-missing',
  [SW.WRONG_P1_P2]: 'prove-missing',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked'
} as const

export type TransactionProveRefusal = CommandRefusal<
  (typeof TRANSACTION_PROVE_STATUS)[keyof typeof TRANSACTION_PROVE_STATUS]
>

export interface TransactionProof {
  /** 4 bytes each. */
  readonly mac: Uint8Array
  readonly tac: Uint8Array
}

const ANSWER_LENGTH = 8

export function getTransactionProve(input: {
  readonly purse: PurseCommands
  /** Loads and purchases count by serials of their own. */
  readonly of: 'purchase' | 'load'
  readonly serial: number
}): Command<TransactionProof, TransactionProveRefusal> {
  const { purse, serial } = input
  const header = { ...purse.transactionProve, p2: input.of === 'purchase' ? purse.purchaseType : purse.loadType }
  return asking(case4Short(header, writeUint(serial, 2), ANSWER_LENGTH), TRANSACTION_PROVE_STATUS, (data) =>
    data.length === ANSWER_LENGTH ? { mac: data.slice(0, 4), tac: data.slice(4, 8) } : undefined
  )
}
