/**
 * The transaction of one connection. Bursts may lie inside one another; the outermost is the one that others wait for. It ends
 * by itself after HOLD_MS_MAX, and a wait for another program's is given up after BEGIN_MS_MAX: should it be granted after
 * all, it is given back at once.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { ChannelFailure } from '../../channel/card-channel.ts'
import type { Delay } from './delay.ts'
import type { PcscCard, PcscFailure, PcscResult } from './pcsc-module.ts'

/** A burst takes milliseconds in a simulated card and about a second in a real one. */
export const HOLD_MS_MAX = 10_000
export const BEGIN_MS_MAX = 5_000

const HELD: ChannelFailure = { kind: 'reader-fault', detail: 'another program holds the card' }

type Begun = Result<null, PcscFailure | ChannelFailure>

export class Holding {
  readonly #card: PcscCard
  readonly #delay: Delay
  #depth = 0
  #isHeld = false
  #cancelLimit: (() => void) | undefined

  constructor(card: PcscCard, delay: Delay) {
    this.#card = card
    this.#delay = delay
  }

  async begin(): Promise<Begun> {
    if (this.#isHeld) {
      this.#depth += 1
      return ok(null)
    }
    const begun = await this.#beginInTime()
    if (!begun.ok) return begun
    this.#isHeld = true
    this.#depth = 1
    this.#cancelLimit = this.#delay.after(HOLD_MS_MAX, () => void this.close())
    return begun
  }

  async end(): Promise<void> {
    if (!this.#isHeld) return
    this.#depth -= 1
    if (this.#depth === 0) await this.#release()
  }

  /** However many bursts are open. Once its card is given back a late grant is of no use to anybody. */
  async close(): Promise<void> {
    if (this.#isHeld) await this.#release()
  }

  async #release(): Promise<void> {
    this.#isHeld = false
    this.#depth = 0
    this.#cancelLimit?.()
    this.#cancelLimit = undefined
    // A card that left has taken its transaction along.
    await this.#card.end()
  }

  #beginInTime(): Promise<Begun> {
    return new Promise((resolve) => {
      let isWaiting = true
      const settle = (begun: Begun): void => {
        isWaiting = false
        resolve(begun)
      }
      const cancel = this.#delay.after(BEGIN_MS_MAX, () => settle(refuse(HELD)))
      void this.#card.begin().then((begun: PcscResult<null>) => {
        cancel()
        if (isWaiting) settle(begun)
        else if (begun.ok) void this.#card.end()
      })
    })
  }
}
