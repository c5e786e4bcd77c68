/** READ RECORD, 00 B2 (ISO 7816-4 7.3.3), on the file selected before. */

import { case2Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { asking, type Command, type CommandRefusal } from './command.ts'

export const READ_RECORD_STATUS = {
  [SW.FILE_NOT_FOUND]: 'not-found',
  [SW.RECORD_NOT_FOUND]: 'not-found',
  [SW.SECURITY_NOT_SATISFIED]: 'not-authorised',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.WRONG_FILE_TYPE]: 'wrong-file-type'
} as const

export type ReadRefusal = CommandRefusal<(typeof READ_RECORD_STATUS)[keyof typeof READ_RECORD_STATUS]>

const readRecord = (p1: number, p2: number, le: number): Command<Uint8Array, ReadRefusal> =>
  asking(case2Short({ cla: 0x00, ins: 0xb2, p1, p2 }, le), READ_RECORD_STATUS, (data) => data)

/** Record `number` from 1; in a cyclic file 1 is the newest (P2 5.5.8). `length` is the bytes expected. */
export const readRecordByNumber = (number: number, length: number): Command<Uint8Array, ReadRefusal> =>
  readRecord(number, 0x04, length)

/** The record whose tag is `tag`. `length` counts tag and length byte too: exact lengths work on every card (WAPP). */
export const readRecordByTag = (tag: number, length: number): Command<Uint8Array, ReadRefusal> =>
  readRecord(tag, 0x00, length)
