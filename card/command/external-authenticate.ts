/** EXTERNAL AUTHENTICATE, 00 82 (ISO 7816-4 7.5.4): the terminal shows, through its PSAM, that it holds a key. */

import { refuse, ok, type Result } from '../../base/result.ts'
import { case3Short } from '../apdu/command-apdu.ts'
import { formatStatusWord, SW, triesLeft } from '../apdu/status-word.ts'
import { concat } from '../bytes/bytes.ts'
import { refusalOf, type Command, type CommandRefusal } from './command.ts'

export const EXTERNAL_AUTHENTICATE_STATUS = {
  [SW.AUTHENTICATION_FAILED]: 'authentication-failed',
  /** For ever: no command frees an authentication key. */
  [SW.BLOCKED]: 'key-locked',
  [SW.DATA_INVALID]: 'no-challenge',
  [SW.KEY_NOT_FOUND]: 'key-not-found',
  [SW.KEY_INDEX_UNKNOWN]: 'key-not-found',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked'
} as const

export type ExternalAuthenticateRefusal = CommandRefusal<
  (typeof EXTERNAL_AUTHENTICATE_STATUS)[keyof typeof EXTERNAL_AUTHENTICATE_STATUS]
>

/** `cryptogram` is `data` enciphered under the key's session key for the card's challenge; the card takes any `data`. */
export function externalAuthenticate(input: {
  readonly keyId: number
  readonly cryptogram: Uint8Array
  readonly data: Uint8Array
}): Command<null, ExternalAuthenticateRefusal> {
  const { keyId, cryptogram, data } = input
  const apdu = case3Short({ cla: 0x00, ins: 0x82, p1: 0x00, p2: keyId }, concat(cryptogram, data))
  return {
    apdu,
    parse({ sw }): Result<null, ExternalAuthenticateRefusal> {
      if (sw === SW.OK) return ok(null)
      // 63Cx counts the tries of a key: repeating is how a key is lost, so the count is for the log, not for a loop.
      if (triesLeft(sw) !== undefined) return refuse({ kind: 'authentication-failed', statusWord: formatStatusWord(sw) })
      return refuse(refusalOf(apdu, sw, EXTERNAL_AUTHENTICATE_STATUS))
    }
  }
}
