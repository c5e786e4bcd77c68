/** UPDATE RECORD, 00 DC (ISO 7816-4 7.3.5), on the file selected before. */

import { case3Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { encodeTlv } from '../bytes/tlv.ts'
import { command, nothing, type Command, type CommandRefusal } from './command.ts'

export const WRITE_STATUS = {
  [SW.MEMORY_FAILURE]: 'memory-failure',
  [SW.FILE_NOT_FOUND]: 'not-found',
  [SW.RECORD_NOT_FOUND]: 'not-found',
  [SW.SECURITY_NOT_SATISFIED]: 'not-authorised',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.WRONG_FILE_TYPE]: 'wrong-file-type',
  [SW.NO_SPACE]: 'no-space'
} as const

export type WriteRefusal = CommandRefusal<(typeof WRITE_STATUS)[keyof typeof WRITE_STATUS]>

/** Replaces the item with this tag; the record written is tag, length, value (WAPP). */
export const updateRecordByTag = (tag: number, value: Uint8Array): Command<null, WriteRefusal> =>
  command(
    case3Short({ cla: 0x00, ins: 0xdc, p1: tag, p2: 0x00 }, encodeTlv(tag, value)),
    WRITE_STATUS,
    nothing
  )
