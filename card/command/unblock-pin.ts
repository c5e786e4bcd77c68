/**
 * PIN UNBLOCK and RELOAD PIN, 84 24 00 xx (P1 6.2.10; WAPP for the SSC form): xx 00 sets the try counter back, 01 also
 * stores a new PIN, sent enciphered. Both carry a MAC over header and data.
 */

import { case3Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { concat } from '../bytes/bytes.ts'
import { command, nothing, type Command, type CommandRefusal } from './command.ts'

export const UNBLOCK_STATUS = {
  [SW.CONDITIONS_NOT_SATISFIED]: 'pin-not-locked',
  [SW.DATA_INVALID]: 'no-challenge',
  [SW.SECURITY_NOT_SATISFIED]: 'not-authorised',
  [SW.SECURE_MESSAGING_WRONG]: 'wrong-mac',
  /** After three wrong ones the application is locked for good (P2 5.5.9.5). */
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.KEY_INDEX_UNKNOWN]: 'key-not-found',
  [SW.MEMORY_FAILURE]: 'memory-failure'
} as const

export type UnblockRefusal = CommandRefusal<(typeof UNBLOCK_STATUS)[keyof typeof UNBLOCK_STATUS]>

const MAC_LENGTH = 4
const header = (p2: number) => ({ cla: 0x84, ins: 0x24, p1: 0x00, p2 })

/** What the MAC is over: the header with the final Lc. */
export const unblockMacInput = (): Uint8Array => Uint8Array.of(0x84, 0x24, 0x00, 0x00, MAC_LENGTH)

export const unblockPin = (mac: Uint8Array): Command<null, UnblockRefusal> =>
  command(case3Short(header(0x00), mac), UNBLOCK_STATUS, nothing)

export const reloadMacInput = (encipheredPin: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(0x84, 0x24, 0x00, 0x01, encipheredPin.length + MAC_LENGTH), encipheredPin)

/** The enciphered block is 8 bytes with DES (Lc 0C), 16 with a 16-byte block cipher (Lc 14). */
export const reloadPin = (reload: {
  readonly encipheredPin: Uint8Array
  readonly mac: Uint8Array
}): Command<null, UnblockRefusal> =>
  command(case3Short(header(0x01), concat(reload.encipheredPin, reload.mac)), UNBLOCK_STATUS, nothing)
