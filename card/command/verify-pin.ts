/**
 * VERIFY, 00 20 (ISO 7816-4 7.5.6; P1 6.2.16). The digits are packed two a byte and not filled to 8: 00 20 00 00 03 123456.
 *
 * The bytes of this command are a secret. Whoever sends it wipes them afterwards.
 */

import { ok, type Result } from '../../base/result.ts'
import { case1, case3Short } from '../apdu/command-apdu.ts'
import { SW, triesLeft } from '../apdu/status-word.ts'
import type { Pin } from '../secret/pin.ts'
import type { Command } from './command.ts'
import { parsePinAnswer, type PinRefusal } from './pin-outcome.ts'

const HEADER = { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x00 } as const

/** For a pad, which puts the digits in itself. */
export const VERIFY_PIN_HEADER = Uint8Array.of(HEADER.cla, HEADER.ins, HEADER.p1, HEADER.p2)

export function verifyPin(pin: Pin): Command<null, PinRefusal> {
  const apdu = pin.expose((packed) => case3Short(HEADER, packed))
  return { apdu, parse: (answer) => parsePinAnswer(apdu, answer) }
}

/** What a card says of its PIN without a try. 'unknown': it does not answer the query, which many old cards do not. */
export type PinState = number | 'verified' | 'unknown'

/** VERIFY without a body asks for the tries left and costs none (ISO 7816-4 7.5.6). */
export function queryPin(): Command<PinState, never> {
  return {
    apdu: case1(HEADER),
    parse({ sw }): Result<PinState, never> {
      if (sw === SW.OK) return ok('verified')
      if (sw === SW.BLOCKED) return ok(0)
      return ok(triesLeft(sw) ?? 'unknown')
    }
  }
}
