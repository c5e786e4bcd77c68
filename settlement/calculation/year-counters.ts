import { fen, ZERO, type Fen } from '../money/fen.ts'
import type { Counters } from './counters.ts'

/** Names come from documents: "constructor" is a name like any other, and what every object inherits is no amount. */
export function counterOf(counters: Counters, name: string): Fen {
  const amount = counters[name]
  return typeof amount === 'number' ? amount : ZERO
}

/** A counter at zero is as good as one that is absent. */
export const areSameCounters = (one: Counters, other: Counters): boolean =>
  [...Object.keys(one), ...Object.keys(other)].every((name) => counterOf(one, name) === counterOf(other, name))

/**
 * The counters of one calculation: what the year had used before, and what this settlement adds so far. A second band on
 * the same counter sees the first one's payment. There are a handful of them: a list is searched faster than a map is made.
 */
export class YearCounters {
  readonly #before: Counters
  readonly #added: { readonly counter: string; amount: Fen }[] = []

  constructor(before: Counters) {
    this.#before = before
  }

  before(counter: string): Fen {
    return counterOf(this.#before, counter)
  }

  added(counter: string): Fen {
    return this.#find(counter)?.amount ?? ZERO
  }

  add(counter: string, amount: Fen): void {
    if (amount === 0) return
    const entry = this.#find(counter)
    if (entry === undefined) this.#added.push({ counter, amount })
    else entry.amount = fen(entry.amount + amount)
  }

  /** For quantities of the whole visit, which several parameters may count but only once. */
  record(counter: string, amount: Fen): void {
    if (this.#find(counter) === undefined) this.add(counter, amount)
  }

  delta(): Counters {
    const delta: Record<string, Fen> = {}
    for (const { counter, amount } of this.#added) delta[counter] = amount
    return delta
  }

  #find(counter: string) {
    for (const entry of this.#added) if (entry.counter === counter) return entry
    return undefined
  }
}
