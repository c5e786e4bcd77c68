/**
 * DEBIT FOR PURCHASE: the one command that takes money. 80 54 01 00 0F (P2 5.2.3); B0 2C 01 00 0F is a stand-in.
 *
 *   terminal serial 4 | date 4 time 3 | MAC1 4  ->  two codes of 4 bytes, MAC2 and TAC, in an order the profile tells
 */

import { ok } from '../../base/result.ts'
import { case4Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { concat, writeUint } from '../bytes/bytes.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import type { Command } from './command.ts'
import { readMoneyAnswer, UNCHANGED_STATUS, type MoneyRefusal } from './money-answer.ts'
import type { PurseHeader } from './purse.ts'

const DEBIT_STATUS = { ...UNCHANGED_STATUS, [SW.INSUFFICIENT_BALANCE]: 'insufficient-balance' } as const

export type DebitRefusal = MoneyRefusal<(typeof DEBIT_STATUS)[keyof typeof DEBIT_STATUS]>

const ANSWER_LENGTH = 8

export function debitForPurchase(input: {
  readonly header: PurseHeader
  readonly terminalSerial: number
  readonly time: string
  readonly mac1: Uint8Array
}): Command<readonly [Uint8Array, Uint8Array], DebitRefusal> {
  const data = concat(writeUint(input.terminalSerial, 4), packDecimal(input.time, 7), input.mac1)
  const apdu = case4Short(input.header, data, ANSWER_LENGTH)
  return {
    apdu,
    parse: (answer) => {
      const codes = readMoneyAnswer(apdu, answer, { table: DEBIT_STATUS, length: ANSWER_LENGTH })
      return codes.ok ? ok([codes.value.slice(0, 4), codes.value.slice(4, 8)]) : codes
    }
  }
}
