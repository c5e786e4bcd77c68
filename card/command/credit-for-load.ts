/**
 * CREDIT FOR LOAD: the one command that puts money on the card. 80 52 00 00 0B (P2 5.2.2); B0 2A 00 00 0B is a stand-in, the
 * SSC's own bytes are not public.
 *
 *   host date 4 time 3 | MAC2 4  ->  TAC 4
 */

import { case4Short } from '../apdu/command-apdu.ts'
import { concat } from '../bytes/bytes.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import type { Command } from './command.ts'
import { readMoneyAnswer, UNCHANGED_STATUS, type MoneyRefusal } from './money-answer.ts'
import type { PurseHeader } from './purse.ts'

export type CreditRefusal = MoneyRefusal<(typeof UNCHANGED_STATUS)[keyof typeof UNCHANGED_STATUS]>

const TAC_LENGTH = 4

/** `time` is the host's, 14 digits; `mac2` the host's, 4 bytes. The value is the TAC. */
export function creditForLoad(input: {
  readonly header: PurseHeader
  readonly time: string
  readonly mac2: Uint8Array
}): Command<Uint8Array, CreditRefusal> {
  const apdu = case4Short(input.header, concat(packDecimal(input.time, 7), input.mac2), TAC_LENGTH)
  return { apdu, parse: (answer) => readMoneyAnswer(apdu, answer, { table: UNCHANGED_STATUS, length: TAC_LENGTH }) }
}
