/** Counters of a year as their row has them: JSON, fen by name. */

import type { Counters } from '../../calculation/counters.ts'
import { fen, type Fen } from '../../money/fen.ts'

export const writeCounters = (counters: Counters): string => JSON.stringify(counters)

/** What `writeCounters` wrote; a counter that is no amount in fen is a fault of this program, and throws. */
export function readCounters(text: string): Readonly<Record<string, Fen>> {
  const counters = JSON.parse(text) as Record<string, Fen>
  for (const name in counters) fen(counters[name] ?? 0)
  return counters
}
