/** The real machine's clock, in China's time, as a centre asks for it. */

import type { CentreClock } from '../../settlement/centre/ports.ts'
import { momentOf } from '../host/system.ts'

export const systemCentreClock: CentreClock = () => {
  const epochMs = Date.now()
  const { cardTime, today } = momentOf(epochMs)
  return { time: cardTime, today, epochMs }
}
