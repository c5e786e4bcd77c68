/** A clock that stands until the test moves it. What falls due runs in the order in which it falls due. */

import type { Timer } from '../../electron/supervisor/timer.ts'

export interface ManualTimer extends Timer {
  advance(ms: number): void
}

interface Due {
  readonly at: number
  readonly run: () => void
}

export function manualTimer(): ManualTimer {
  let now = 0
  const waiting = new Set<Due>()
  return {
    now: () => now,
    after(ms, run) {
      const due = { at: now + ms, run }
      waiting.add(due)
      return () => waiting.delete(due)
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).toSorted((left, right) => left.at - right.at)
        if (next === undefined) break
        waiting.delete(next)
        now = next.at
        next.run()
      }
      now = end
    }
  }
}
