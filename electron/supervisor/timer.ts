/** Waiting and the time, handed in so that a test waits for nothing. */

export interface Timer {
  /** Milliseconds that only grow. */
  now(): number
  /** Runs once after that time; call the result to have it not run. */
  after(ms: number, run: () => void): () => void
}

export const systemTimer: Timer = {
  now: () => performance.now(),
  after(ms, run) {
    const timeout = setTimeout(run, ms)
    return () => clearTimeout(timeout)
  }
}
