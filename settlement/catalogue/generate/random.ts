/** Whole numbers drawn from a seed (sfc32): the same on every machine. Each item has a stream of its own, so none shifts another. */

export class Random {
  readonly #state: Int32Array

  constructor(...seeds: readonly number[]) {
    this.#state = Int32Array.from([seeds[0] ?? 0, seeds[1] ?? 0, seeds[2] ?? 0, 1])
    for (let round = 0; round < 12; round += 1) this.#next()
  }

  /** From 0 to `bound` - 1, without the last bits' bias mattering here. */
  below(bound: number): number {
    return this.#next() % bound
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.below(values.length)] ?? values[0]
  }

  /** Bell-shaped around 0, a thousand to the standard deviation: twelve dice, no logarithm. */
  bell(): number {
    let sum = -5_994
    for (let die = 0; die < 12; die += 1) sum += this.below(1_000)
    return sum
  }

  #next(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.#state
    const drawn = (((a + b) | 0) + counter) | 0
    this.#state[3] = counter + 1
    this.#state[0] = b ^ (b >>> 9)
    this.#state[1] = (c + (c << 3)) | 0
    this.#state[2] = (((c << 21) | (c >>> 11)) + drawn) | 0
    return drawn >>> 0
  }
}
