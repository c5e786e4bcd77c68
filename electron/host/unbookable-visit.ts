/**
 * What a till's centre books of no visit like this, whatever it comes to. It is found before the card is asked: afterwards the money is gone
 * from the card, and what the centre has refused can only be taken back.
 */

import { CLOCK_TOLERANCE_MS, isAhead } from '../../settlement/calendar/clock-tolerance.ts'
import { readableTime, timeDigits } from '../../settlement/calendar/written-time.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import type { CounterRefusal } from './counter-refusal.ts'
import type { CentreAge } from './visit-claim.ts'

const MINUTE_MS = 60_000

export function unbookableVisit({ fixmedins_code, begntime }: Pick<Visit, 'fixmedins_code' | 'begntime'>, { institution, now }: CentreAge): CounterRefusal | undefined {
  if (fixmedins_code !== institution) {
    return { kind: 'visit-contradicts', field: 'fixmedins_code', stated: fixmedins_code, rule: `must be this terminal's own institution, ${institution}` }
  }
  if (!isAhead(timeDigits(begntime), { time: now })) return undefined
  const rule = `must lie at most ${CLOCK_TOLERANCE_MS / MINUTE_MS} minutes after now, ${readableTime(now)} by the clock of this machine`
  return { kind: 'visit-contradicts', field: 'begntime', stated: begntime, rule }
}
