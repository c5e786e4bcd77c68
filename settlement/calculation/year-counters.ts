import { fen, ZERO, type Fen } from '../money/fen.ts'
import type { Counters } from './counters.ts'

/** Names come from documents: "constructor" is a name like any other. */
export const counterOf = (counters: Counters, name: string): Fen =>
  Object.hasOwn(counters, name) ? (counters[name] ?? ZERO) : ZERO

/**
 * The counters of one calculation: what the year had used before, and what this settlement adds so far. A second band on
 * the same counter sees the first one's payment.
 */
export class YearCounters {
  readonly #before: Counters
  readonly #added = new Map<string, Fen>()

  constructor(before: Counters) {
    this.#before = before
  }

  before(counter: string): Fen {
    return counterOf(this.#before, counter)
  }

  added(counter: string): Fen {
    return this.#added.get(counter) ?? ZERO
  }

  add(counter: string, amount: Fen): void {
    if (amount !== 0) this.#added.set(counter, fen(this.added(counter) + amount))
  }

  /** For quantities of the whole visit, which several parameters may count but only once. */
  record(counter: string, amount: Fen): void {
    if (amount !== 0) this.#added.set(counter, amount)
  }

  delta(): Counters {
    const delta: Record<string, Fen> = {}
    for (const [counter, amount] of this.#added) delta[counter] = amount
    return delta
  }
}
