/** How often each thing was met, by name: "fault:card-cut-inside", "refusal:card-expired", "state:hold-open". */

export class Coverage {
  readonly #hits = new Map<string, number>()

  hit(name: string, times = 1): void {
    this.#hits.set(name, (this.#hits.get(name) ?? 0) + times)
  }

  of(name: string): number {
    return this.#hits.get(name) ?? 0
  }

  get hits(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#hits].toSorted(([left], [right]) => (left < right ? -1 : 1)))
  }
}
