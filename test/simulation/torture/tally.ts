/** Counts by name: kills by what was going on, operations by how they ended. */

export class Tally {
  readonly #counts = new Map<string, number>()

  add(name: string, by = 1): void {
    this.#counts.set(name, this.of(name) + by)
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0)
  }

  /** "settle 12, load 3": most first. */
  get text(): string {
    return [...this.#counts].toSorted(([, left], [, right]) => right - left).map(([name, count]) => `${name} ${count}`).join(', ')
  }
}
