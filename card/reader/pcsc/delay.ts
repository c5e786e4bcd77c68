/** Waiting, handed in: nothing here reads a clock. */

export interface Delay {
  /** Runs once after that time; call the result to have it not run. */
  after(ms: number, run: () => void): () => void
}

export const pause = (delay: Delay, ms: number): Promise<void> =>
  new Promise((resolve) => {
    delay.after(ms, resolve)
  })
