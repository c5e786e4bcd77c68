/**
 * What is done for one terminal, one after the other, in the order in which it was asked for. Terminals send their next batch before
 * the answer to this one: it must neither overtake it nor wait with a connection of the database in its hand.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  take<Value>(terminal: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.#last.get(terminal)
    const turn = before === undefined ? work() : before.then(work, work)
    this.#last.set(terminal, turn)
    const end = (): void => {
      if (this.#last.get(terminal) === turn) this.#last.delete(terminal)
    }
    turn.then(end, end)
    return turn
  }
}
