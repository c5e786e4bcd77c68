/** The clock and the random source of the real machine: the one place where they come in. */

import { randomBytes } from 'node:crypto'
import type { CardTime, Entropy } from '../../card/ports.ts'
import type { SyncClock } from '../../settlement/sync/ports.ts'
import { date, type BusinessDate } from '../../settlement/calendar/business-date.ts'

export const systemEntropy: Entropy = { bytes: (length) => Uint8Array.from(randomBytes(length)) }

/** A moment as the card signs it and as the rules read it, both in China's time. */
export interface Moment {
  readonly cardTime: CardTime
  readonly today: BusinessDate
}

export type Clock = () => Moment

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000

/** China has one time zone and no summer time: UTC+8, whatever the machine is set to. */
export function momentOf(epochMs: number): Moment {
  const text = new Date(epochMs + CHINA_OFFSET_MS).toISOString()
  return { cardTime: text.slice(0, 19).replace(/[-:T]/g, ''), today: date(text.slice(0, 10)) }
}

export const systemClock: Clock = () => momentOf(Date.now())

/** The same moment as sync measures it. It looks at the clock at every fact that it confirms: a second is written out once. */
export const systemSyncClock: SyncClock = () => {
  const epochMs = Date.now()
  const second = Math.floor(epochMs / SECOND_MS)
  if (second !== written.second) written = { second, time: momentOf(epochMs).cardTime }
  return { time: written.time, epochMs }
}

const SECOND_MS = 1_000
let written = { second: -1, time: '' }
