/**
 * The reader port over PC/SC. Each connection has a conversation with the service of its own, so that a holder who takes time at
 * one reader's pad keeps no other reader waiting, and so that letting go of a connection lets go of everything it had.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CardConnection, CardReader, ConnectFailure } from '../card-reader.ts'
import type { Delay } from './delay.ts'
import { part10Pad } from './pin-pad/part10-pad.ts'
import { PCSC } from './pcsc-codes.ts'
import { PcscConnection } from './pcsc-connection.ts'
import type { PcscFailure, PcscModule } from './pcsc-module.ts'
import { isBadAnswer, powerCard } from './power-card.ts'
import type { TroubleSystem } from './reader-trouble.ts'
import { troubleLine, troubleOf } from './trouble-of.ts'
import { whereIs } from './where-is-card.ts'

export interface PcscReaderOptions {
  readonly module: PcscModule
  /** Whole, as the service lists it. */
  readonly name: string
  readonly delay: Delay
  readonly system: TroubleSystem
}

export class PcscReader implements CardReader {
  readonly name: string
  readonly #options: PcscReaderOptions

  constructor(options: PcscReaderOptions) {
    this.name = options.name
    this.#options = options
  }

  async connect(): Promise<Result<CardConnection, ConnectFailure>> {
    const { module, name, delay, system } = this.#options
    const established = await module.establish()
    if (!established.ok) return refuse(this.#failure(established.error))
    const context = established.value
    const powered = await powerCard(context, name, delay)
    if (!powered.ok) {
      // Of a card that was just pulled the service still says for a moment that it is there and mute.
      const hasLeft = isBadAnswer(powered.error) && (await whereIs(context, name, delay)) === 'left'
      context.release()
      return refuse(hasLeft ? { kind: 'no-card' } : this.#failure(powered.error))
    }
    const card = powered.value
    const pinPad = await part10Pad(card, system)
    return ok(new PcscConnection({ card, context, reader: name, delay, pad: pinPad }))
  }

  #failure(failure: PcscFailure): ConnectFailure {
    const { code } = failure
    if (code === PCSC.NO_SMARTCARD || code === PCSC.REMOVED_CARD) return { kind: 'no-card' }
    if (isBadAnswer(failure)) return { kind: 'mute-card' }
    const trouble = troubleOf(failure, { reader: this.name, system: this.#options.system })
    return { kind: 'reader-fault', detail: troubleLine(trouble), trouble }
  }
}
