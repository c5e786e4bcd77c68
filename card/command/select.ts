/** SELECT FILE, 00 A4 (ISO 7816-4 7.1.1; S37). */

import { case3Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { writeUint } from '../bytes/bytes.ts'
import { asking, type Command, type CommandRefusal } from './command.ts'

export const SELECT_STATUS = {
  /** APPLICATION BLOCK was executed: selected, and every other command will answer 6985 (P1 6.2.3). */
  [SW.FILE_INVALIDATED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked',
  [SW.FILE_NOT_FOUND]: 'not-found',
  /** "Function not supported": no such application, or after CARD BLOCK the answer to everything (P1 6.2.5). */
  [SW.FUNCTION_UNSUPPORTED]: 'function-unsupported'
} as const

export type SelectRefusal = CommandRefusal<(typeof SELECT_STATUS)[keyof typeof SELECT_STATUS]>

/** The value is the FCI, empty when the card gives none: SELECT of the SSSE answers 61xx or a bare 9000 (WAPP takes both). */
const select = (p1: number, name: Uint8Array): Command<Uint8Array, SelectRefusal> =>
  asking(case3Short({ cla: 0x00, ins: 0xa4, p1, p2: 0x00 }, name), SELECT_STATUS, (data) => data)

/** Case 3: without Le a T=0 card offers its FCI by 61xx, and a T=1 card that wants to may leave it out. */
export const selectByName = (aid: Uint8Array): Command<Uint8Array, SelectRefusal> => select(0x04, aid)

/** MF, DF or EF by its two-byte identifier (WAPP: 00 A4 00 00 02 DF04, 00 A4 00 00 02 EF05). */
export const selectByFileId = (fileId: number): Command<Uint8Array, SelectRefusal> =>
  select(0x00, writeUint(fileId, 2))
