/**
 * How old what the counter knows of the centre is. An offline answer carries its age; above the region's limit no fund pays,
 * because who has died, moved or lost the card since then is charged to it by mistake.
 */

import { DAY_MS, epochMsOf } from './moment.ts'
import type { DownloadRow } from './sync-store.ts'

/** What a settlement asks of what was downloaded. A catalogue of last month gives last month's prices, and harms no fund. */
const ASKED = ['policies', 'lost-cards', 'entitlements'] as const

export interface CentreAnswers {
  /** 14 digits: when the oldest of the answers that a settlement asks for was still the centre's word. */
  readonly answeredAt: string
}

/** `enrolledAt`: counts for what has never come. */
export function centreAnswers(downloads: readonly DownloadRow[], enrolledAt: string): CentreAnswers {
  const times = ASKED.map((kind) => downloads.find((row) => row.kind === kind)?.checkedAt ?? enrolledAt)
  return { answeredAt: times.reduce((oldest, time) => (time < oldest ? time : oldest)) }
}

/** Whole days, rounded down; never negative. Both times of 14 digits. */
export const ageDays = (since: string, now: string): number =>
  Math.max(0, Math.floor((epochMsOf(now) - epochMsOf(since)) / DAY_MS))

/** More than `daysMax` days, to the second. */
export const isStale = (since: string, now: string, daysMax: number): boolean => epochMsOf(now) - epochMsOf(since) > daysMax * DAY_MS
