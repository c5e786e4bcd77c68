/** What happened last, for whoever has to find out why something is wrong: one line an event, the last so many of them. */

const KEPT = 200

export class EventTail {
  readonly #lines: string[] = []
  readonly #began: number
  readonly #now: () => number
  #count = 0

  /** `now`: ms, monotonic. */
  constructor(now: () => number) {
    this.#now = now
    this.#began = now()
  }

  say(who: string, what: string): void {
    this.#count += 1
    this.#lines.push(`${((this.#now() - this.#began) / 1000).toFixed(3).padStart(8)} ${who} ${what}`)
    if (this.#lines.length > KEPT) this.#lines.shift()
  }

  get count(): number {
    return this.#count
  }

  get lines(): readonly string[] {
    return this.#lines
  }
}
