/**
 * Timers of one process. A computer at which nobody is may doze, and its timers then come late: so a till that has nothing to do
 * costs few events. The first key or card wakes it, and what was due meanwhile comes at once.
 */

import type { Timer } from '../../../electron/host/machine.ts'
import type { Cancel, Scheduler } from './scheduler.ts'

/** ms: timers that are shorter are part of work that is under way. */
const SHORT_MS = 500
/** ms by which a timer is late at most. */
const DOZE_MS = 60_000

interface Waiting {
  readonly due: number
  readonly work: () => void
  cancel: Cancel
}

export interface TimerPorts {
  readonly name: string
  readonly scheduler: Scheduler
  /** Nobody is at the counter, and nothing was asked for a while. */
  readonly isDozing: () => boolean
  /** Runs what has come due, in the process. */
  readonly run: (work: () => void) => void
}

export class Timers {
  readonly #ports: TimerPorts
  readonly #waiting = new Set<Waiting>()

  constructor(ports: TimerPorts) {
    this.#ports = ports
  }

  readonly later: Timer = (ms, work) => {
    const { scheduler, isDozing } = this.#ports
    const due = scheduler.now + Math.max(0, Math.round(ms))
    const waiting: Waiting = { due, work, cancel: () => {} }
    this.#waiting.add(waiting)
    this.#plan(waiting, ms >= SHORT_MS && isDozing() ? Math.max(due, scheduler.now + DOZE_MS) : due)
    return () => {
      this.#waiting.delete(waiting)
      waiting.cancel()
    }
  }

  readonly every: Timer = (ms, work) => {
    let stop: () => void
    const again = (): void => {
      stop = this.later(ms, () => {
        again()
        work()
      })
    }
    again()
    return () => stop()
  }

  /** What was put off is due when it was to be. */
  wake(): void {
    for (const waiting of this.#waiting) this.#plan(waiting, waiting.due)
  }

  stop(): void {
    for (const { cancel } of this.#waiting) cancel()
    this.#waiting.clear()
  }

  #plan(waiting: Waiting, at: number): void {
    const { name, scheduler, run } = this.#ports
    waiting.cancel()
    waiting.cancel = scheduler.at(at, `${name} timer`, () => {
      this.#waiting.delete(waiting)
      run(waiting.work)
    })
  }
}
