/** What a till does by itself: when the day has changed, and when nobody waits for it. */

import type { SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import type { Machine } from './machine.ts'

const IDLE_MS = 800
const GROW_AGAIN_MS = 20
/** A disk that is full, or busy, is so for a while. */
const GROW_LATER_MS = 60_000
const CHECKPOINT_MS = 60_000
const DAY_CHECK_MS = 10_000

/** `tick`: what is looked at every now and then, such as whether somebody installed a pack. */
export function watchDays({ clock, every }: Machine, changed: () => void, tick: () => void): () => void {
  let day = clock().today
  return every(DAY_CHECK_MS, () => {
    const { today } = clock()
    tick()
    if (today !== day) changed()
    day = today
  })
}

/** What can wait until nobody does: `once`, the ledger's log grown to its size, and emptied now and then. */
export function idleWork({ later, every }: Machine, ledger: SqliteLedger, once: () => void): () => void {
  const grow = (): void => {
    const grown = ledger.growLog()
    if (!grown.ok || !grown.value) cancel = later(grown.ok ? GROW_AGAIN_MS : GROW_LATER_MS, grow)
  }
  let cancel = later(IDLE_MS, () => {
    once()
    grow()
  })
  const stopCheckpoints = every(CHECKPOINT_MS, () => void ledger.checkpointIdle())
  return () => {
    cancel()
    stopCheckpoints()
  }
}
