/** How long each kind of operation takes on this machine just now, so that a kill can be put anywhere within it. */

const FIRST_GUESS_MS = 200
/** A tenth of each new measurement: the machine's load changes slowly against one operation. */
const WEIGHT = 0.1

export class Durations {
  readonly #means = new Map<string, number>()

  took(kind: string, ms: number): void {
    const mean = this.#means.get(kind)
    this.#means.set(kind, mean === undefined ? ms : mean + (ms - mean) * WEIGHT)
  }

  /** ms. */
  of(kind: string): number {
    return this.#means.get(kind) ?? FIRST_GUESS_MS
  }
}
