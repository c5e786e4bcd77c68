/** APPEND RECORD, 00 E2 (ISO 7816-4 7.3.6): a new newest record in a cyclic file, raw, without tag (WAPP). */

import { case3Short } from '../apdu/command-apdu.ts'
import { command, nothing, type Command } from './command.ts'
import { WRITE_STATUS, type WriteRefusal } from './update-record.ts'

export const appendRecord = (record: Uint8Array): Command<null, WriteRefusal> =>
  command(case3Short({ cla: 0x00, ins: 0xe2, p1: 0x00, p2: 0x00 }, record), WRITE_STATUS, nothing)
