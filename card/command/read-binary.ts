/** READ BINARY, 00 B0 (ISO 7816-4 7.2.3): photo and fingerprint. */

import { invariant } from '../../base/invariant.ts'
import { case2Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { asking, type Command, type CommandRefusal } from './command.ts'

export const READ_BINARY_STATUS = {
  [SW.FILE_NOT_FOUND]: 'not-found',
  [SW.SECURITY_NOT_SATISFIED]: 'not-authorised',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.WRONG_FILE_TYPE]: 'wrong-file-type',
  /** The end of a file whose size nobody told us: 300 or 400 hex for EF07, the sources differ. */
  [SW.OFFSET_OUTSIDE]: 'offset-outside',
  [SW.END_OF_FILE]: 'offset-outside'
} as const

export type ReadBinaryRefusal = CommandRefusal<(typeof READ_BINARY_STATUS)[keyof typeof READ_BINARY_STATUS]>

/** The bit above is the SFI form of P1. */
export const BINARY_OFFSET_MAX = 0x7fff

/** `offset` and `length` in bytes. */
export function readBinary(offset: number, length: number): Command<Uint8Array, ReadBinaryRefusal> {
  invariant(offset >= 0 && offset <= BINARY_OFFSET_MAX, `offset ${offset} is not 0..${BINARY_OFFSET_MAX}`)
  const header = { cla: 0x00, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff }
  return asking(case2Short(header, length), READ_BINARY_STATUS, (data) => data)
}
