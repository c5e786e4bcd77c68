/**
 * The life of one process. It can end whenever the process asks its machine for something: what lies between two such moments
 * changes nothing but its own memory, which ends with it. Whoever is dead gets no answer: a call that waits never returns, and
 * one that cannot wait throws, so that not one further step is taken.
 */

export class HostKilled extends Error {
  override readonly name = 'HostKilled'
}

export class Life {
  readonly #name: string
  readonly #ends = new Set<() => void>()
  #isOver = false

  constructor(name: string) {
    this.#name = name
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Done at the very moment of the end, in this order. The answer takes it back. */
  atEnd(work: () => void): () => void {
    this.#ends.add(work)
    return () => this.#ends.delete(work)
  }

  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const work of this.#ends) work()
  }

  /** Passed by every call to the machine. */
  check(): void {
    if (this.#isOver) throw new HostKilled(this.#name)
  }

  /** Ends it here and now. */
  kill(): never {
    this.end()
    throw new HostKilled(this.#name)
  }

  /** What the process hears of a promise: nothing, once it is over. */
  heard<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => {
          if (!this.#isOver) resolve(value)
        },
        (cause: unknown) => {
          if (!this.#isOver) reject(cause instanceof Error ? cause : new Error(String(cause)))
        }
      )
    })
  }

  /** What somebody outside hears of the process's promise: `otherwise` as soon as it is over. */
  heardOr<Value, Otherwise>(promise: Promise<Value>, otherwise: Otherwise): Promise<Value | Otherwise> {
    return new Promise((resolve, reject) => {
      const forget = this.atEnd(() => resolve(otherwise))
      if (this.#isOver) resolve(otherwise)
      const settle = (value: Value): void => {
        forget()
        resolve(value)
      }
      promise.then(settle, (cause: unknown) => {
        forget()
        if (this.#isOver || cause instanceof HostKilled) resolve(otherwise)
        else reject(cause instanceof Error ? cause : new Error(String(cause)))
      })
    })
  }
}
