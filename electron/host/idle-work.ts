/** What a till does by itself: later, when the day has changed, and when nobody waits for it. */

import type { SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { systemClock } from './system.ts'

const IDLE_MS = 800
const CHECKPOINT_MS = 60_000
const DAY_CHECK_MS = 10_000

/** Call the result to take it back. */
export function later(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}

/** `tick`: what is looked at every now and then, such as whether somebody installed a pack. */
export function watchDays(changed: () => void, tick: () => void): () => void {
  let day = systemClock().today
  const timer = setInterval(() => {
    const { today } = systemClock()
    tick()
    if (today !== day) changed()
    day = today
  }, DAY_CHECK_MS)
  return () => clearInterval(timer)
}

/** What can wait until nobody does: `once`, the ledger's log grown to its size, and emptied now and then. */
export function idleWork(ledger: SqliteLedger, once: () => void): () => void {
  const grow = (): void => {
    const grown = ledger.growLog()
    if (grown.ok && !grown.value) timer = setTimeout(grow, 20)
  }
  let timer = setTimeout(() => {
    once()
    grow()
  }, IDLE_MS)
  const checkpoints = setInterval(() => ledger.checkpointIdle(), CHECKPOINT_MS)
  return () => {
    clearTimeout(timer)
    clearInterval(checkpoints)
  }
}
