/**
 * Steps sync while the till has nothing better to do: one step at a time, each some milliseconds of work or one request, and
 * the event loop free between two of them, so that a settlement never waits for more than one.
 */

import type { Stepped } from '../../../settlement/sync/sync.ts'

export interface RunnerPorts {
  readonly step: () => Promise<Stepped>
  readonly stepped: (outcome: Stepped) => void
  /** A fault of the program in a step: the host ends, and begins anew from what is durable. */
  readonly failed: (cause: unknown) => void
  /** Runs `work` after so many ms; call the result to take it back. */
  readonly later: (ms: number, work: () => void) => () => void
}

/**
 * How long until it is looked whether the ledger or the time has gone on. Whoever writes wakes it, so a till that stands idle may
 * look less and less often: each look reads the ledger's file.
 */
const IDLE_MS = 1_000
const IDLE_MS_MAX = 8_000

export class SyncRunner {
  readonly #ports: RunnerPorts
  #cancel: (() => void) | undefined
  #running = false
  #again = false
  #stopped = false
  #idleMs = IDLE_MS

  constructor(ports: RunnerPorts) {
    this.#ports = ports
  }

  start(): void {
    this.#schedule(0)
  }

  /** Something has changed: looks at it at once, or right after the step that is under way. */
  wake(): void {
    this.#idleMs = IDLE_MS
    if (this.#running) this.#again = true
    else this.#schedule(0)
  }

  stop(): void {
    this.#stopped = true
    this.#cancel?.()
  }

  #schedule(ms: number): void {
    if (this.#stopped) return
    this.#cancel?.()
    this.#cancel = this.#ports.later(ms, () => void this.#run())
  }

  async #run(): Promise<void> {
    if (this.#running || this.#stopped) return
    this.#running = true
    this.#again = false
    try {
      const outcome = await this.#ports.step()
      this.#running = false
      if (this.#stopped) return
      this.#ports.stepped(outcome)
      this.#schedule(outcome.kind === 'worked' || this.#again ? 0 : this.#pause(outcome))
    } catch (cause) {
      this.#running = false
      this.#ports.failed(cause)
    }
  }

  /** Somebody who waits for the centre has his own time; nothing else comes sooner by looking often. */
  #pause({ kind }: Stepped): number {
    if (kind === 'waiting') return IDLE_MS
    const pause = this.#idleMs
    this.#idleMs = Math.min(IDLE_MS_MAX, pause * 2)
    return pause
  }
}
