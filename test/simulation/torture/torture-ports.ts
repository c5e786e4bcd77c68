/** What every part of a run shares. */

import type { Dice } from './dice.ts'
import type { Durations } from './durations.ts'
import type { EventTail } from './event-tail.ts'
import type { Tally } from './tally.ts'

export interface TorturePorts {
  readonly dice: Dice
  readonly durations: Durations
  readonly events: EventTail
  /** By process and by what was going on: "till-1 settle". */
  readonly kills: Tally
  /** By name and ending: "settle ok", "load refused: not-connected". */
  readonly operations: Tally
  /** ms, monotonic. */
  readonly now: () => number
  /** False once nobody is to die any more. */
  readonly mayKill: () => boolean
  /** Something that must not be. */
  readonly found: (finding: Finding) => void
}

export interface Finding {
  readonly where: string
  readonly what: string
}
