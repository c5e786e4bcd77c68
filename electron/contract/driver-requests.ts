/** What a window may ask about other programs that use the card. */

import { z } from 'zod'
import { DRIVER_PORT_MAX, DRIVER_PORT_MIN } from './driver-view.ts'

const number = z.int().positive()
const pin = z.string().max(12).nullable()

export const DRIVER_REQUESTS = {
  'driver.turn': z.strictObject({ on: z.boolean(), port: z.int().min(DRIVER_PORT_MIN).max(DRIVER_PORT_MAX) }),
  /** Shows a code for one caller. */
  'driver.pair': z.strictObject({}),
  'driver.end-pairing': z.strictObject({}),
  'driver.forget': z.strictObject({ caller: z.string().min(1).max(40) }),
  /** `from` the PIN as it is, `to` the new one; which of them, the purpose says. */
  'driver.answer': z.strictObject({ number, from: pin, to: pin }),
  'driver.cancel': z.strictObject({ number })
} as const
