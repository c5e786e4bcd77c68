/** GET CHALLENGE, 00 84 (ISO 7816-4 7.5.3). A challenge serves the next command only (P1 6.2.7). */

import { case2Short } from '../apdu/command-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { asking, exactly, type Command, type CommandRefusal } from './command.ts'

export const GET_CHALLENGE_STATUS = {
  /** After CARD BLOCK everything answers so (P1 6.2.5). */
  [SW.FUNCTION_UNSUPPORTED]: 'card-blocked',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked'
} as const

export type GetChallengeRefusal = CommandRefusal<(typeof GET_CHALLENGE_STATUS)[keyof typeof GET_CHALLENGE_STATUS]>

/** `length` bytes: 8 with DES, 16 with SM4. */
export const getChallenge = (length: number): Command<Uint8Array, GetChallengeRefusal> =>
  asking(case2Short({ cla: 0x00, ins: 0x84, p1: 0x00, p2: 0x00 }, length), GET_CHALLENGE_STATUS, exactly(length))
