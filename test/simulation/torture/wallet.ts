/** Whose turn it is with which card: a card lies in one reader at a time, and goes from till to till. */

import type { Dice } from './dice.ts'
import type { RunCard } from './cards-of-a-run.ts'

export class Wallet {
  readonly cards: readonly RunCard[]
  readonly #at = new Map<string, string>()

  constructor(cards: readonly RunCard[]) {
    this.cards = cards
  }

  /** Any that lies in no reader; undefined: all do. */
  takeAny(till: string, dice: Dice): RunCard | undefined {
    const free = this.cards.filter(({ id }) => !this.#at.has(id))
    return free.length === 0 ? undefined : this.take(till, dice.pick(free).id)
  }

  /** undefined: it lies in another's reader. */
  take(till: string, id: string): RunCard | undefined {
    const holder = this.#at.get(id)
    if (holder !== undefined && holder !== till) return undefined
    this.#at.set(id, till)
    return this.cards.find((card) => card.id === id)
  }

  giveBack(id: string): void {
    this.#at.delete(id)
  }
}
