/** CREDIT FOR LOAD: 80 52 00 00 0B (P2 5.2.2); B0 2A 00 00 0B is a stand-in, the SSC's own bytes are not public. */

import { case4Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { concat } from '../bytes/bytes.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import { command, exactly, type Command, type CommandRefusal } from './command.ts'
import type { PurseHeader } from './purse.ts'

export const CREDIT_STATUS = {
  [SW.INVALID_STATE]: 'invalid-state',
  [SW.WRONG_MAC]: 'wrong-mac',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.MEMORY_FAILURE]: 'memory-failure'
} as const

export type CreditRefusal = CommandRefusal<(typeof CREDIT_STATUS)[keyof typeof CREDIT_STATUS]>

const TAC_LENGTH = 4

/** `time` is the host's, 14 digits; `mac2` the host's, 4 bytes. The value is the TAC. */
export function creditForLoad(input: {
  readonly header: PurseHeader
  readonly time: string
  readonly mac2: Uint8Array
}): Command<Uint8Array, CreditRefusal> {
  const data = concat(packDecimal(input.time, 7), input.mac2)
  return command(case4Short(input.header, data, TAC_LENGTH), CREDIT_STATUS, exactly(TAC_LENGTH))
}
