/**
 * A card in a slot of the virtual reader driver, over one connection. The card stands in a reader of ours: what the driver
 * orders is done there, so that faults, trace and removal are those of that reader.
 *
 *   driver            card's reader
 *   00 power off      disconnect
 *   01 power on       connect: a cold reset
 *   02 reset          reset of the connection: a warm one
 *   04 ATR            nothing: the driver asks for it every 400 ms to see whether the card is still there
 *   longer            transmit
 *
 * Hanging up is how a card leaves a slot: it does so when it was pulled, when somebody else reset it (the driver has no other
 * word for that, and comes back to it as to a new card), and when it is sent a command without having been powered.
 */

import { never } from '../../base/invariant.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'
import type { CardConnection, CardReader } from '../reader/card-reader.ts'
import { ANSWER_LENGTH_MAX, DriverLine } from './driver-line.ts'

export interface SlotLink {
  send(bytes: Uint8Array): void
  /** The driver has powered the card and then taken its ATR: from now on programs see it. Called once at most. */
  seated(): void
  /** The card leaves the slot. Called once at most. */
  hangUp(): void
}

const CONTROL = { POWER_OFF: 0, POWER_ON: 1, RESET: 2, ATR: 4 } as const

/** Less than a status word: to a PC/SC program no answer, though the driver needs one to go on. */
const NOTHING = Uint8Array.of(0)
/** "Ask for FD bytes": the longest answer that fits with its status word. */
const ASK_FOR_LESS = Uint8Array.of(0x6c, ANSWER_LENGTH_MAX - 2)

export class PublishedSlot {
  readonly #reader: CardReader
  readonly #atr: Uint8Array
  readonly #link: SlotLink
  readonly #line: DriverLine
  readonly #orders: Uint8Array[] = []
  #connection: CardConnection | undefined
  #isSeated = false
  #isBusy = false
  #isOver = false

  /** `atr`: of the card in the reader, known before it is powered. */
  constructor(reader: CardReader, atr: Uint8Array, link: SlotLink) {
    this.#reader = reader
    this.#atr = atr
    this.#link = link
    this.#line = new DriverLine((bytes) => link.send(bytes))
  }

  /** What the driver sent. Rejects only when an invariant is broken. */
  async receive(chunk: Uint8Array): Promise<void> {
    if (this.#isOver) return
    this.#orders.push(...this.#line.receive(chunk))
    if (this.#isBusy) return
    this.#isBusy = true
    for (let order = this.#orders.shift(); order !== undefined; order = this.#orders.shift()) {
      await this.#carryOut(order)
      if (this.#isOver) return
    }
    this.#isBusy = false
  }

  /** Before the link is closed, or after the driver closed it: the card has no supply any more. */
  async close(): Promise<void> {
    if (!this.#isOver) this.#line.end()
    this.#isOver = true
    await this.#powerOff()
  }

  async #carryOut(order: Uint8Array): Promise<void> {
    if (order.length > 1) return this.#transmit(order)
    switch (order[0]) {
      case CONTROL.POWER_OFF:
        return this.#powerOff()
      case CONTROL.POWER_ON:
        return this.#powerOn()
      case CONTROL.RESET:
        return this.#reset()
      case CONTROL.ATR:
        return this.#giveAtr()
      default:
        // Of a later driver: what is not known is not answered, as none of the silent controls is.
        return undefined
    }
  }

  #giveAtr(): void {
    this.#line.answer(this.#atr)
    if (this.#isSeated || this.#connection === undefined) return
    this.#isSeated = true
    this.#link.seated()
  }

  async #powerOn(): Promise<void> {
    const connected = await this.#reader.connect()
    if (connected.ok) this.#connection = connected.value
    else this.#leave()
  }

  async #powerOff(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    await connection?.disconnect()
  }

  async #reset(): Promise<void> {
    if (this.#connection === undefined) return this.#powerOn()
    if (!(await this.#connection.reset()).ok) this.#leave()
  }

  async #transmit(command: Uint8Array): Promise<void> {
    const answer = await this.#connection?.transmit(command)
    if (this.#isOver) return
    if (answer === undefined) return this.#leave()
    if (!answer.ok) return this.#withoutAnswer(answer.error)
    this.#line.answer(answer.value.length > ANSWER_LENGTH_MAX ? ASK_FOR_LESS : answer.value)
  }

  #withoutAnswer(failure: ChannelFailure): void {
    switch (failure.kind) {
      case 'no-answer':
        return this.#line.answer(NOTHING)
      case 'card-removed':
      case 'card-reset':
      case 'reader-fault':
        return this.#leave()
      default:
        return never(failure)
    }
  }

  #leave(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#line.end()
    this.#link.hangUp()
  }
}
