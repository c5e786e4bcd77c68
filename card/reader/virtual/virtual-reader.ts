/**
 * A reader without metal. Cards are inserted, removed and swapped under its connections as under a real one's: every such
 * event, and every reset by someone else, begins a new era, and a connection of an earlier era is dead. What it says then
 * is what PC/SC says: an empty slot is `card-removed`, an occupied one `card-reset`, and nothing was sent.
 *
 * `faults` is the tester's panel. A chip that loses power inside a command counts as pulled out: the slot is empty, the
 * outcome of the command unknown.
 */

import { never } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { ChannelFailure } from '../../channel/card-channel.ts'
import { FaultSwitches, type FaultEffect } from '../../channel/fault.ts'
import { PowerLost } from '../../ports.ts'
import type { CardConnection, CardReader, ConnectFailure } from '../card-reader.ts'
import type { VirtualCard } from './virtual-card.ts'

type Answer = Result<Uint8Array, ChannelFailure>

const CARD_REMOVED = refuse<ChannelFailure>({ kind: 'card-removed' })
const CARD_RESET = refuse<ChannelFailure>({ kind: 'card-reset' })
const NO_ANSWER = refuse<ChannelFailure>({ kind: 'no-answer' })
const DISCONNECTED = refuse<ChannelFailure>({ kind: 'reader-fault', detail: 'the connection was closed' })

/** TS and T0 at least. */
const ATR_LENGTH_MIN = 2

export class VirtualReader implements CardReader {
  readonly name: string
  readonly faults = new FaultSwitches()
  #card: VirtualCard | undefined
  #powered = false
  #era = 0

  constructor(name: string) {
    this.name = name
  }

  /** false also when the card was torn out by a loss of power. */
  get occupied(): boolean {
    return this.#card !== undefined
  }

  /** A card that sits there already is swapped for this one. */
  insert(card: VirtualCard): void {
    this.remove()
    this.#card = card
  }

  remove(): void {
    this.#powerOff()
    this.#card = undefined
    this.#era += 1
  }

  /** Another program resets the card. */
  foreignReset(): void {
    this.#era += 1
    const card = this.#card
    if (card !== undefined && this.#powered) this.#power(() => card.reset())
  }

  /** Powers the card afresh, so that nothing a former connection achieved (a verified PIN) is inherited. */
  connect(): Promise<Result<CardConnection, ConnectFailure>> {
    const card = this.#card
    if (card === undefined) return Promise.resolve(refuse({ kind: 'no-card' }))
    this.#powerOff()
    this.#era += 1
    const atr = this.#power(() => card.powerOn())
    if (atr === undefined) return Promise.resolve(refuse({ kind: 'mute-card' }))
    return Promise.resolve(ok(this.#connection(atr)))
  }

  #connection(atr: Uint8Array): CardConnection {
    let era = this.#era
    let current = atr
    let open = true
    const exchange = this.#exchange.bind(this)
    const resetCard = this.#reset.bind(this)
    return {
      get atr() {
        return current
      },
      transmit: (command) => Promise.resolve(open ? exchange(era, command) : DISCONNECTED),
      reset: () => {
        if (!open) return Promise.resolve(DISCONNECTED)
        const answer = resetCard(era)
        if (answer.ok) {
          era = this.#era
          current = answer.value
        }
        return Promise.resolve(answer)
      },
      disconnect: () => {
        // A verified PIN must not outlive the connection that verified it.
        if (open && era === this.#era) this.#powerOff()
        open = false
        return Promise.resolve()
      }
    }
  }

  #exchange(era: number, command: Uint8Array): Answer {
    const card = this.#card
    if (card === undefined) return CARD_REMOVED
    if (era !== this.#era || !this.#powered) return CARD_RESET
    if (this.faults.armed) {
      const effect = this.faults.strike(command)
      if (effect !== undefined) return this.#strike(card, command, effect)
    }
    return this.#execute(card, command)
  }

  #execute(card: VirtualCard, command: Uint8Array): Answer {
    try {
      const answer = card.transmit(command)
      return answer.length < 2 ? NO_ANSWER : { ok: true, value: answer }
    } catch (cause) {
      if (!(cause instanceof PowerLost)) throw cause
      this.#tornOut()
      return CARD_REMOVED
    }
  }

  #strike(card: VirtualCard, command: Uint8Array, effect: FaultEffect): Answer {
    switch (effect) {
      case 'mute':
        return NO_ANSWER
      case 'remove-before':
        this.remove()
        return CARD_REMOVED
      case 'reset-before':
        this.foreignReset()
        return CARD_RESET
      // One byte of an answer is less than its status word: to a reader that is no answer.
      case 'truncate':
      case 'lose-answer': {
        const answer = this.#execute(card, command)
        return answer.ok ? NO_ANSWER : answer
      }
      case 'remove-after':
        if (this.#execute(card, command).ok) this.remove()
        return CARD_REMOVED
      default:
        return never(effect)
    }
  }

  #reset(era: number): Answer {
    const card = this.#card
    if (card === undefined) return CARD_REMOVED
    if (era !== this.#era) return CARD_RESET
    this.#era += 1
    const atr = this.#power(() => card.reset())
    return atr === undefined ? NO_ANSWER : ok(atr)
  }

  #powerOff(): void {
    if (this.#powered) this.#card?.powerOff()
    this.#powered = false
  }

  /** undefined from a chip that gives no usable answer to reset, or whose supply fails as it starts. */
  #power(start: () => Uint8Array): Uint8Array | undefined {
    this.#powered = true
    try {
      const atr = start()
      return atr.length < ATR_LENGTH_MIN ? undefined : atr
    } catch (cause) {
      if (!(cause instanceof PowerLost)) throw cause
      this.#tornOut()
      return undefined
    }
  }

  /** The supply is gone already: the chip is not told to power off a second time. */
  #tornOut(): void {
    this.#powered = false
    this.remove()
  }
}
