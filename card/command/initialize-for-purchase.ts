/**
 * INITIALIZE FOR PURCHASE. Leaves the balance as it is; random and serial are dead after a reset.
 *
 *   PBOC  80 50 01 02 0B  key index 1 | amount 4 | terminal 6
 *         -> balance 4 | serial 2 | overdraft 3 | key version 1 | algorithm 1 | random 4            (P2 5.2.9)
 *   SSC   B0 28 01 01 13  key index 1 | A1 4 | A2 4 | A3 4 | terminal 6
 *         -> serial 2 | key version 1 | algorithm 1 | random 4     (inferred from what S38 and PSG need; bytes a stand-in)
 */

import { case4Short } from '../apdu/command-apdu.ts'
import { byteAt, concat, readUint } from '../bytes/bytes.ts'
import { asking, type Command } from './command.ts'
import { INITIALIZE_STATUS, type InitializeRefusal } from './initialize-for-load.ts'
import { amountBytes, terminalBytes, type PurseAmounts, type PurseCommands } from './purse.ts'

export interface PurchaseInitialisation {
  /** fen; undefined where the answer carries no balance. */
  readonly balance: number | undefined
  /** Before the purchase. */
  readonly serial: number
  readonly keyVersion: number
  readonly algorithm: number
  /** 4 bytes. */
  readonly random: Uint8Array
}

const SSC_ANSWER_LENGTH = 8
const PBOC_ANSWER_LENGTH = 15

const parseSsc = (data: Uint8Array): PurchaseInitialisation | undefined =>
  data.length === SSC_ANSWER_LENGTH
    ? {
        balance: undefined,
        serial: readUint(data, 0, 2),
        keyVersion: byteAt(data, 2),
        algorithm: byteAt(data, 3),
        random: data.slice(4, 8)
      }
    : undefined

const parsePboc = (data: Uint8Array): PurchaseInitialisation | undefined =>
  data.length === PBOC_ANSWER_LENGTH
    ? {
        balance: readUint(data, 0, 4),
        serial: readUint(data, 4, 2),
        keyVersion: byteAt(data, 9),
        algorithm: byteAt(data, 10),
        random: data.slice(11, 15)
      }
    : undefined

export function initializeForPurchase(input: {
  readonly purse: PurseCommands
  readonly keyIndex: number
  readonly amounts: PurseAmounts
  readonly terminalNo: string
}): Command<PurchaseInitialisation, InitializeRefusal> {
  const { purse } = input
  const data = concat(
    Uint8Array.of(input.keyIndex),
    amountBytes(input.amounts, purse.amounts),
    terminalBytes(input.terminalNo)
  )
  const [length, parse] =
    purse.amounts === 'three' ? ([SSC_ANSWER_LENGTH, parseSsc] as const) : ([PBOC_ANSWER_LENGTH, parsePboc] as const)
  return asking(case4Short(purse.initializeForPurchase, data, length), INITIALIZE_STATUS, parse)
}
