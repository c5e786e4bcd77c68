/** The hands at one counter: they put a card into the reader and take it out. A card is in one place at a time. */

import type { ChipInHand, WorldCard } from './chips.ts'
import type { EventLog } from './event-log.ts'
import type { Hands, SimCard } from './faces.ts'
import type { FaultBook } from './faults.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import type { Slot } from './slot.ts'

export interface HandsPorts {
  readonly terminal: string
  readonly slot: Slot
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  readonly log: EventLog
  readonly cards: () => readonly WorldCard[]
  /** Somebody is at the counter. */
  readonly touched: () => void
}

export class CounterHands implements Hands {
  readonly #ports: HandsPorts

  constructor(ports: HandsPorts) {
    this.#ports = ports
  }

  get card(): WorldCard | undefined {
    return this.#cardOf(this.#ports.slot.chip?.name)
  }

  insert(card: SimCard): boolean {
    const { terminal, slot, log, touched } = this.#ports
    const found = this.#cardOf(card.name)
    if (found === undefined || (found.place !== undefined && found.place !== terminal)) return false
    if (slot.chip?.name === card.name) return true
    slot.remove()
    touched()
    found.place = terminal
    log.say(terminal, 'card in', card.name)
    slot.insert(found.hand)
    this.#maybeHeld(found)
    return true
  }

  remove(): WorldCard | undefined {
    const { terminal, slot, log, touched } = this.#ports
    const { card } = this
    if (card === undefined) return undefined
    touched()
    log.say(terminal, 'card out', card.name)
    slot.remove()
    return card
  }

  /** It has left the reader, however. */
  gone({ name }: ChipInHand): void {
    const card = this.#cardOf(name)
    if (card?.place === this.#ports.terminal) card.place = undefined
  }

  /** Somebody else's card, put in where this one lay; undefined: every card is in some reader. */
  otherCard(): ChipInHand | undefined {
    const { terminal, random, cards } = this.#ports
    const free = cards().filter(({ place }) => place === undefined)
    if (free.length === 0) return undefined
    const card = random.pick(free)
    card.place = terminal
    return card.hand
  }

  /** Another program has it for itself for some seconds. */
  #maybeHeld({ name }: WorldCard): void {
    const { terminal, slot, scheduler, random, faults } = this.#ports
    if (faults.draw(random, ['card-held']) === undefined) return
    scheduler.after(random.between(1, 4_000), `${terminal} card is taken`, () => {
      if (slot.chip?.name !== name) return
      faults.strike('card-held', { terminal, card: name })
      slot.hold(true)
      scheduler.after(random.between(500, 20_000), `${terminal} card is let go`, () => slot.hold(false))
    })
  }

  #cardOf(name: string | undefined): WorldCard | undefined {
    return name === undefined ? undefined : this.#ports.cards().find((card) => card.name === name)
  }
}
