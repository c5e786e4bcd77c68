/**
 * The choices of one torture run: which operation, which card, which moment. Seeded, so that a run can be told to choose
 * the same again; what happens then also depends on the machine's real time, which nobody can seed.
 */

export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A sequence of its own: what one draws does not move what another draws. */
  fork(name: string): Dice {
    let mixed = this.#state ^ 0x9e37_79b9
    for (const letter of name) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x85eb_ca6b) ^ (mixed >>> 13)
    return new Dice(mixed)
  }

  /** 0 to n - 1. */
  below(n: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * n)
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<Item>(list: readonly Item[]): Item {
    const item = list[this.below(list.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  /** A moment within `ms`, to the millisecond. */
  within(ms: number): number {
    return this.below(Math.max(1, Math.round(ms)))
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
