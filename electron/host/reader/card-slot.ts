/**
 * Where the patient's card is put in, whatever reader stands there. Drivers: `simulated-slot.ts`, with a tray, faults and a
 * pace; `real-slot.ts`, where a person puts the card in and pulls it out, and other programs may be at it.
 *
 *   card comes -> presence 1 -> card leaves -> none -> card comes -> presence 2 ...
 */

import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'
import type { CardReader } from '../../../card/reader/card-reader.ts'

export interface CardSlot {
  /** Its connections end with the presence they were made in. */
  readonly reader: CardReader
  /** One insertion of a card, counted; undefined: the slot is empty, or nobody can tell. */
  readonly presence: number | undefined
  /** What is broken between this process and the slot; then there is no presence. */
  readonly trouble: ReaderTrouble | undefined
  /** Other programs may reset the card or hold it alone: what failed for that reason is worth a second try. */
  readonly isShared: boolean
}

/** Numbers go on over readers: what was asked of a card in one is never answered by a card in the next. */
export type CountPresence = () => number

export function presences(): CountPresence {
  let count = 0
  return () => {
    count += 1
    return count
  }
}
