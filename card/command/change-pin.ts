/** CHANGE PIN, 80 5E 01 00 (P2 5.2.1): old | FF | new, no MAC. The bytes of this command are a secret. */

import { case3Short } from '../apdu/command-apdu.ts'
import { concat } from '../bytes/bytes.ts'
import type { Pin } from '../secret/pin.ts'
import type { Command } from './command.ts'
import { parsePinAnswer, type PinRefusal } from './pin-outcome.ts'

const SEPARATOR = Uint8Array.of(0xff)

export function changePin(change: { readonly from: Pin; readonly to: Pin }): Command<null, PinRefusal> {
  const apdu = change.from.expose((old) =>
    change.to.expose((fresh) => {
      const data = concat(old, SEPARATOR, fresh)
      const built = case3Short({ cla: 0x80, ins: 0x5e, p1: 0x01, p2: 0x00 }, data)
      data.fill(0)
      return built
    })
  )
  return { apdu, parse: (answer) => parsePinAnswer(apdu, answer) }
}
