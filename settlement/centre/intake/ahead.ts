/** Time travel: what a terminal's clock says beyond the centre's own, and beyond what clocks may differ by. */

import { milliseconds } from '../enrol/request-signature.ts'
import type { CentreMoment } from '../ports.ts'
import { CLOCK_TOLERANCE_MS } from '../../calendar/clock-tolerance.ts'

/** `time`: 14 digits. What is later than now and no time at all is ahead of everything. */
export function isAhead(time: string, { time: now }: CentreMoment): boolean {
  if (time <= now) return false
  const [then, here] = [milliseconds(time), milliseconds(now)]
  return then === undefined || here === undefined || then - here > CLOCK_TOLERANCE_MS
}
