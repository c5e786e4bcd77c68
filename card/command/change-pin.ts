/** CHANGE PIN, 80 5E 01 00 (P2 5.2.1): old | FF | new, no MAC. The bytes of this command are a secret. */

import { case3Short } from '../apdu/command-apdu.ts'
import { concat } from '../bytes/bytes.ts'
import type { Pin } from '../secret/pin.ts'
import type { Command } from './command.ts'
import { parsePinAnswer, type PinRefusal } from './pin-outcome.ts'

const HEADER = { cla: 0x80, ins: 0x5e, p1: 0x01, p2: 0x00 } as const

/** For a pad, which puts the digits in itself. */
export const CHANGE_PIN_HEADER = Uint8Array.of(HEADER.cla, HEADER.ins, HEADER.p1, HEADER.p2)
/** Between the old PIN and the new one. */
export const CHANGE_PIN_SEPARATOR = Uint8Array.of(0xff)

export function changePin(change: { readonly from: Pin; readonly to: Pin }): Command<null, PinRefusal> {
  const apdu = change.from.expose((old) =>
    change.to.expose((fresh) => {
      const data = concat(old, CHANGE_PIN_SEPARATOR, fresh)
      const built = case3Short(HEADER, data)
      data.fill(0)
      return built
    })
  )
  return { apdu, parse: (answer) => parsePinAnswer(apdu, answer) }
}
