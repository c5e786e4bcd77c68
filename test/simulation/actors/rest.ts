/** How long a till leaves its centre alone by itself: never longer than its longest rest, whatever its clock has been through. */

import type { People } from './people.ts'
import type { Window } from './window.ts'

const MINUTE = 60_000
/** Ten minutes, and what looking takes. */
const LONGEST_REST_MS = 11 * MINUTE
/** A till at which nobody is looks about once a minute. */
const NOTICED_MS = 3 * MINUTE

export function mustTrySoon(people: People, { till, sync }: Window): void {
  const { now } = people.world.scheduler
  const right = people.clockRightSince(till)
  const nextAt = sync?.attempt?.nextAt
  if (!till.alive || sync?.link === 'paused' || typeof nextAt !== 'string' || right === undefined || now - right < NOTICED_MS) return
  const waits = momentOf(nextAt) - now
  if (waits > LONGEST_REST_MS) people.listeners.unlawful('unlawful', `${till.name} waits for its centre until ${nextAt}, ${Math.round(waits / MINUTE)} minutes from now, and its clock is right`)
}

/** "2026-01-05 08:00:00" in China, as ms. */
const momentOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`)
