/**
 * What happened, one line each: a rolling SHA-256 says whether two runs were the same, and the last lines are kept for people.
 * Never a PIN: whoever says a line leaves it out.
 */

import { createHash, type Hash } from 'node:crypto'

const LAST_MAX = 200

export class EventLog {
  readonly #now: () => string
  readonly #hash: Hash = createHash('sha256')
  readonly #last: string[] = []
  readonly #listeners: ((line: string) => void)[] = []
  #lines = 0

  /** `now`: 14 digits. */
  constructor(now: () => string) {
    this.#now = now
  }

  say(who: string, what: string, detail = ''): void {
    const line = `${this.#now()} ${who} ${what}${detail === '' ? '' : ` ${detail}`}`
    this.#lines += 1
    this.#hash.update(line).update('\n')
    this.#last.push(line)
    if (this.#last.length > LAST_MAX) this.#last.shift()
    for (const listener of this.#listeners) listener(line)
  }

  /** Told every line as it is said. */
  follow(listener: (line: string) => void): void {
    this.#listeners.push(listener)
  }

  get lines(): number {
    return this.#lines
  }

  /** Oldest first. */
  get last(): readonly string[] {
    return [...this.#last]
  }

  /** Of everything said so far, in hex. */
  get hash(): string {
    return this.#hash.copy().digest('hex')
  }
}
