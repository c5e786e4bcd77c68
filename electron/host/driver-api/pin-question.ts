/**
 * A caller wants a PIN, and callers never see one: the holder types it in the window. One question at a time; it ends when it is
 * answered, cancelled, or nobody has answered for as long as a pad would wait.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Pin } from '../../../card/secret/pin.ts'

export type PinPurpose = 'verify' | 'change' | 'reload'

/** What the window asks the holder. */
export interface Asked {
  readonly number: number
  readonly caller: string
  readonly purpose: PinPurpose
}

/** `from` is the PIN as it is, `to` the new one; which of them there are follows from the purpose. */
export interface Entered {
  readonly from: Pin | undefined
  readonly to: Pin | undefined
}

/** card-left: the card that it was asked for is gone. caller-gone: nobody waits for the answer any more. */
export type NotEntered = 'cancelled' | 'timed-out' | 'busy' | 'card-left' | 'caller-gone'

/** ms. PIN pads wait as long (PC/SC part 10 leaves it to the reader; 30 s is common). */
export const PIN_TIMEOUT_MS = 60_000

export interface Asker {
  readonly id: string
  readonly name: string
}

interface Open {
  readonly asked: Asked
  readonly callerId: string
  readonly end: (outcome: Result<Entered, NotEntered>) => void
}

export class PinQuestion {
  readonly #later: (ms: number, work: () => void) => () => void
  readonly #changed: () => void
  #number = 0
  #open: Open | undefined

  constructor(later: (ms: number, work: () => void) => () => void, changed: () => void) {
    this.#later = later
    this.#changed = changed
  }

  get asked(): Asked | undefined {
    return this.#open?.asked
  }

  /** The pins it answers with are the asker's to wipe. */
  async ask(caller: Asker, purpose: PinPurpose, gone?: AbortSignal): Promise<Result<Entered, NotEntered>> {
    if (this.#open !== undefined) return refuse('busy')
    if (gone?.aborted === true) return refuse('caller-gone')
    this.#number += 1
    const asked = { number: this.#number, caller: caller.name, purpose }
    gone?.addEventListener('abort', () => this.#end(asked.number, refuse('caller-gone')), { once: true })
    return new Promise((resolve) => {
      const stop = this.#later(PIN_TIMEOUT_MS, () => this.#end(asked.number, refuse('timed-out')))
      const end = (outcome: Result<Entered, NotEntered>): void => {
        stop()
        resolve(outcome)
      }
      this.#open = { asked, callerId: caller.id, end }
      this.#changed()
    })
  }

  /** false: that question is over; the pins are not taken. */
  answer(number: number, entered: Entered): boolean {
    return this.#end(number, ok(entered))
  }

  cancel(number: number): boolean {
    return this.#end(number, refuse('cancelled'))
  }

  /** Whoever asked is no caller any more; undefined: nobody is. */
  callerForgotten(id?: string): void {
    if (this.#open !== undefined && (id === undefined || this.#open.callerId === id)) this.#end(this.#open.asked.number, refuse('caller-gone'))
  }

  /** What is typed now would be tried on another card. */
  cardLeft(): void {
    if (this.#open !== undefined) this.#end(this.#open.asked.number, refuse('card-left'))
  }

  #end(number: number, outcome: Result<Entered, NotEntered>): boolean {
    if (this.#open?.asked.number !== number) return false
    const { end } = this.#open
    this.#open = undefined
    end(outcome)
    this.#changed()
    return true
  }
}
