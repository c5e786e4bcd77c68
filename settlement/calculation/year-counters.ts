import { fen, ZERO, type Fen } from '../money/fen.ts'
import type { Counters } from './counters.ts'

/**
 * The counters of one calculation: what the year had used before, and what this settlement adds. `used` looks at both, so
 * a second band on the same counter sees the first one's payment.
 */
export class YearCounters {
  readonly #before: Counters
  readonly #added: Record<string, Fen> = Object.create(null)

  constructor(before: Counters) {
    this.#before = before
  }

  before(counter: string): Fen {
    return Object.hasOwn(this.#before, counter) ? (this.#before[counter] ?? ZERO) : ZERO
  }

  added(counter: string): Fen {
    return this.#added[counter] ?? ZERO
  }

  add(counter: string, amount: Fen): void {
    if (amount !== 0) this.#added[counter] = fen(this.added(counter) + amount)
  }

  /** For quantities of the whole visit, which several parameters may count but only once. */
  record(counter: string, amount: Fen): void {
    if (amount !== 0) this.#added[counter] = amount
  }

  delta(): Counters {
    return { ...this.#added }
  }
}
