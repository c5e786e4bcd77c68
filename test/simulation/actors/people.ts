/** Everybody at the counters, and what they share: the world, the windows, what is remembered, and whom they tell. */

import type { OperationBegun, OperationEnded, OperationId } from '../operation.ts'
import type { SimCard, SimTerminal, World } from '../world/faces.ts'
import { Memory } from './memory.ts'
import { Window } from './window.ts'

export type OperationNews = ({ readonly kind: 'operation-begun' } & OperationBegun) | ({ readonly kind: 'operation-ended' } & OperationEnded)

export interface Listeners {
  readonly tell: (news: OperationNews) => void
  /** An outcome that the plan forbids, or a person that stumbled over this program. */
  readonly unlawful: (rule: 'unlawful' | 'broken', detail: string) => void
}

/** What its holder knows of a card. */
export interface CardMemory {
  /** Reported lost, and not found again. */
  isReported: boolean
  /** As it was handed out: not put into use. */
  isInactive: boolean
  /** Once reported: what a till knows of it may be older than that. */
  wasLost: boolean
  /** The centre's register had nobody of the holder's number at some time: a card that lies in a reader since then may not have been asked about again. */
  wasMissing: boolean
  isLocked: boolean
  /** A wrong PIN was given since the last right one, or nobody knows. */
  triesSpent: boolean
  /** Its holder stands at a counter, or has put it in somewhere. */
  isBusy: boolean
  /** The PIN that it has now. */
  pin: string
  /** The centre has put money aside for it. */
  isGranted: boolean
  /** A change of the PIN was broken off: this may be the one by now. */
  pinMaybe: string | undefined
  /** By till: ms until when nobody sees him there. */
  readonly staysAway: Map<string, number>
}

export class People {
  readonly world: World
  readonly listeners: Listeners
  readonly windows: readonly Window[]
  readonly #memories = new Map<string, Memory>()
  readonly #cards = new Map<string, CardMemory>()
  /** By till: ms by which its clock is ahead, and since when. */
  readonly #clocks = new Map<string, { readonly ahead: number; readonly since: number }>()
  #operations = 0

  constructor(world: World, listeners: Listeners) {
    this.world = world
    this.listeners = listeners
    this.windows = world.terminals.map((till) => new Window(till, world.scheduler))
    world.observe((observation) => {
      if (observation.kind !== 'clock-set') return
      const { terminal, byMs } = observation
      this.#clocks.set(terminal, { ahead: (this.#clocks.get(terminal)?.ahead ?? 0) + byMs, since: world.scheduler.now })
    })
  }

  get operations(): number {
    return this.#operations
  }

  nextId(): OperationId {
    this.#operations += 1
    return `op-${this.#operations}`
  }

  at(till: SimTerminal): Memory {
    const known = this.#memories.get(till.name) ?? new Memory()
    this.#memories.set(till.name, known)
    return known
  }

  of(card: SimCard): CardMemory {
    const known = this.#cards.get(card.name) ?? { isReported: false, isInactive: card.condition === 'not-activated', wasLost: false, wasMissing: false, isLocked: false, triesSpent: false, isBusy: false, pin: card.pin, isGranted: false, pinMaybe: undefined, staysAway: new Map<string, number>() }
    this.#cards.set(card.name, known)
    return known
  }

  /** ms since which the clock of a till is right; undefined: it is not. */
  clockRightSince(till: SimTerminal): number | undefined {
    const { ahead, since } = this.#clocks.get(till.name) ?? { ahead: 0, since: 0 }
    return ahead === 0 ? since : undefined
  }

  /** Something of this card is open at some till. */
  isOpen(card: SimCard): boolean {
    return [...this.#memories.values()].some(({ doubts }) => doubts.some((doubt) => doubt.card === card.name))
  }

  /** As far as anybody remembers: money is to come back onto this card. */
  isOwed(card: SimCard): boolean {
    if (this.of(card).isGranted) return true
    return [...this.#memories.values()].some(({ statements }) => statements.some((kept) => kept.refunded && kept.card === card.name))
  }

  hit(name: string): void {
    this.world.coverage.hit(name)
  }
}
