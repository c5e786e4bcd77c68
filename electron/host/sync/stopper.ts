/**
 * Ends what is under way when the host closes. A request that is still out is broken off, and whoever waits for it never
 * hears of it: its answer would be written into a ledger that is closed, and the batch goes again at the next start anyway.
 */

export class Stopper {
  readonly #abort = new AbortController()

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get stopped(): boolean {
    return this.#abort.signal.aborted
  }

  stop(): void {
    this.#abort.abort()
  }

  /** The same promise, except that it stays pending for ever once everything has stopped. */
  guard<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => {
          if (!this.stopped) resolve(value)
        },
        (cause: unknown) => {
          if (!this.stopped) reject(cause instanceof Error ? cause : new Error(String(cause)))
        }
      )
    })
  }
}
