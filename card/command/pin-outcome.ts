/** What VERIFY and CHANGE PIN have in common: 63Cx counts tries, 6983 is the end of them (P1 6.2.16; P2 5.2.1). */

import { refuse, ok, type Result } from '../../base/result.ts'
import type { ResponseApdu } from '../apdu/response-apdu.ts'
import { SW, triesLeft } from '../apdu/status-word.ts'
import { refusalOf, type StatusTable, type UnlistedRefusal } from './command.ts'

export const PIN_STATUS = {
  [SW.BLOCKED]: 'pin-locked',
  /** No PIN, or its reference data is damaged. */
  [SW.DATA_INVALID]: 'pin-unusable',
  [SW.KEY_NOT_FOUND]: 'pin-unusable',
  [SW.WRONG_LENGTH]: 'pin-length-refused',
  [SW.MEMORY_FAILURE]: 'memory-failure',
  [SW.CONDITIONS_NOT_SATISFIED]: 'application-blocked',
  [SW.APPLICATION_LOCKED]: 'application-blocked'
} as const satisfies StatusTable<string>

type PinKind = (typeof PIN_STATUS)[keyof typeof PIN_STATUS]

export type PinRefusal =
  | { readonly kind: 'wrong-pin'; readonly triesLeft: number }
  | { readonly kind: PinKind; readonly statusWord: string }
  | UnlistedRefusal

/** 63C0 is the wrong try that locked the PIN: no try is left, so it is told as locked, as every later one will be. */
export function parsePinAnswer(apdu: Uint8Array, { sw }: ResponseApdu): Result<null, PinRefusal> {
  if (sw === SW.OK) return ok(null)
  const left = triesLeft(sw)
  if (left === undefined) return refuse(refusalOf(apdu, sw, PIN_STATUS))
  return refuse(left === 0 ? { kind: 'pin-locked', statusWord: '63C0' } : { kind: 'wrong-pin', triesLeft: left })
}
