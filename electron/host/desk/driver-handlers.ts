/** What the window does about other programs that use the card. */

import type { Result } from '../../../base/result.ts'
import { refuse } from '../../../base/result.ts'
import type { DriverRefusal } from '../driver-api/driver-refusal.ts'
import type { Desk, Refusal } from './desk.ts'
import type { Part } from './handlers.ts'

export function driverHandlers({ ports: { driver } }: Desk): Part<'driver'> {
  return {
    'driver.turn': async (settings) => asRefusal(await driver.turn(settings)),
    'driver.pair': () => asRefusal(driver.pair()),
    'driver.end-pairing': () => asRefusal(driver.endPairing()),
    'driver.forget': ({ caller }) => asRefusal(driver.forget(caller)),
    'driver.answer': ({ number, from, to }) => asRefusal(driver.answer(number, from, to)),
    'driver.cancel': ({ number }) => asRefusal(driver.cancel(number))
  }
}

const asRefusal = <Value>(answer: Result<Value, DriverRefusal>): Result<Value, Refusal> => {
  if (answer.ok) return answer
  return answer.error.kind === 'pin-malformed' ? refuse(answer.error) : refuse({ kind: 'driver', refusal: answer.error })
}
