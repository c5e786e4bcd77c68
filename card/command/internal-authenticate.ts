/** INTERNAL AUTHENTICATE, 00 88 (ISO 7816-4 7.5.2): the card shows that it holds a key. */

import { invariant } from '../../base/invariant.ts'
import { case4Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { concat } from '../bytes/bytes.ts'
import { asking, exactly, type Command, type CommandRefusal } from './command.ts'

export const INTERNAL_AUTHENTICATE_STATUS = {
  [SW.KEY_NOT_FOUND]: 'key-not-found',
  [SW.KEY_INDEX_UNKNOWN]: 'key-not-found',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked'
} as const

export type InternalAuthenticateRefusal = CommandRefusal<
  (typeof INTERNAL_AUTHENTICATE_STATUS)[keyof typeof INTERNAL_AUTHENTICATE_STATUS]
>

/**
 * `random` makes the session key, `data` is enciphered under it; both are one cipher block. The value is the cryptogram.
 * The order of the two halves is inferred from the PSAM's side of the exchange.
 */
export function internalAuthenticate(input: {
  readonly keyId: number
  readonly random: Uint8Array
  readonly data: Uint8Array
}): Command<Uint8Array, InternalAuthenticateRefusal> {
  const { keyId, random, data } = input
  invariant(random.length === data.length, `random of ${random.length} bytes beside data of ${data.length}`)
  const header = { cla: 0x00, ins: 0x88, p1: 0x00, p2: keyId }
  return asking(case4Short(header, concat(random, data), data.length), INTERNAL_AUTHENTICATE_STATUS, exactly(data.length))
}
