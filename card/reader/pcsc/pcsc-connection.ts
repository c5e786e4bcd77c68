/**
 * One card, from connect until it leaves, is reset by someone else, or is let go. The first sign of the end is the last: nothing is
 * sent after it, whatever lies in the slot by then.
 *
 * What a failed call says of the command decides over money: RESET_CARD and REMOVED_CARD of the service mean "not sent"; everything
 * that breaks off under way means "perhaps".
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { ChannelFailure } from '../../channel/card-channel.ts'
import type { CardConnection, CardHold } from '../card-reader.ts'
import type { PadModify, PadVerify, PinPad, PinPadFailure } from '../pin-pad.ts'
import { pause, type Delay } from './delay.ts'
import { Holding } from './holding.ts'
import { PCSC } from './pcsc-codes.ts'
import type { PcscCard, PcscContext, PcscFailure, PcscResult } from './pcsc-module.ts'
import type { Part10Pad } from './pin-pad/part10-pad.ts'
import { whereIs } from './where-is-card.ts'

type Answer = Result<Uint8Array, ChannelFailure>

const NO_ANSWER = refuse<ChannelFailure>({ kind: 'no-answer' })
const BROKE_OFF: PcscFailure = { call: 'SCardTransmit', code: PCSC.NOT_TRANSACTED }
const DISCONNECTED: ChannelFailure = { kind: 'reader-fault', detail: 'the connection was closed' }

/** Another program's burst is over in less; waited for only outside a burst of our own. */
const HELD_PAUSE_MS = 25
const HELD_PAUSES_MAX = 120

/** VERIFY, EXTERNAL AUTHENTICATE, CHANGE and UNBLOCK in both numberings: what they opened must not outlive the connection. */
const OPENING_INSTRUCTIONS: readonly number[] = [0x20, 0x24, 0x2c, 0x5e, 0x82]

export interface ConnectionParts {
  readonly card: PcscCard
  readonly context: PcscContext
  readonly reader: string
  readonly delay: Delay
  readonly pad: Part10Pad | undefined
}

export class PcscConnection implements CardConnection {
  readonly pinPad: PinPad | undefined
  readonly hold: CardHold
  readonly #parts: ConnectionParts
  readonly #holding: Holding
  #ended: ChannelFailure | undefined
  #isOpen = true
  #hasOpened = false

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.#holding = new Holding(parts.card, parts.delay)
    this.hold = {
      begin: () => this.#begin(),
      end: () => this.#holding.end()
    }
    this.pinPad = parts.pad === undefined ? undefined : this.#padOf(parts.pad)
  }

  get atr(): Uint8Array {
    return this.#parts.card.atr
  }

  get protocol() {
    return this.#parts.card.protocol
  }

  async transmit(command: Uint8Array): Promise<Answer> {
    if (this.#ended !== undefined) return refuse(this.#ended)
    if (OPENING_INSTRUCTIONS.includes(command[1] ?? 0)) this.#hasOpened = true
    const answer = await this.#whenFree(() => this.#parts.card.transmit(command))
    if (!answer.ok) return refuse(await this.#failure(answer.error))
    if (answer.value.length >= 2) return answer
    // Success without a byte is how some drivers say that the card left in the middle.
    return answer.value.length === 0 ? refuse(await this.#failure(BROKE_OFF)) : NO_ANSWER
  }

  /** Inside a transaction, for that is what notices a reset by someone else: a reset of one's own would cover it up. */
  async reset(): Promise<Answer> {
    if (this.#ended !== undefined) return refuse(this.#ended)
    const begun = await this.#begin()
    if (!begun.ok) return begun
    const answer = await this.#resetHeld()
    await this.#holding.end()
    return answer
  }

  /** A verified PIN must not outlive the connection that verified it; a card that was only read is left as it is, for others. */
  async disconnect(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    const isOurs = this.#ended === undefined
    this.#ended = DISCONNECTED
    await this.#holding.close()
    const { card, context } = this.#parts
    // A card that came meanwhile may be in somebody's hands: only the one that was opened is reset, and only a transaction can tell.
    const locks = isOurs && this.#hasOpened && (await this.#holding.begin()).ok
    await card.disconnect(locks ? 'warm' : 'leave')
    context.release()
  }

  async #resetHeld(): Promise<Answer> {
    const { card } = this.#parts
    const protocols = card.protocol === undefined ? (['T=0', 'T=1'] as const) : [card.protocol]
    for (const treatment of ['warm', 'cold'] as const) {
      const again = await card.reconnect({ share: 'shared', protocols }, treatment)
      if (again.ok) return ok(card.atr)
      const failure = await this.#failure(again.error)
      if (failure.kind !== 'no-answer') return refuse(failure)
    }
    return NO_ANSWER
  }

  async #begin(): Promise<Result<null, ChannelFailure>> {
    if (this.#ended !== undefined) return refuse(this.#ended)
    const begun = await this.#holding.begin()
    if (begun.ok) return begun
    if ('kind' in begun.error) return refuse(begun.error)
    return refuse(await this.#failure(begun.error))
  }

  async #whenFree<Value>(call: () => Promise<PcscResult<Value>>): Promise<PcscResult<Value>> {
    for (let pauses = 0; ; pauses++) {
      const answer = await call()
      if (answer.ok || answer.error.code !== PCSC.SHARING_VIOLATION || pauses === HELD_PAUSES_MAX) return answer
      await pause(this.#parts.delay, HELD_PAUSE_MS)
    }
  }

  async #failure({ call, code }: PcscFailure): Promise<ChannelFailure> {
    const { context, reader, delay } = this.#parts
    switch (code) {
      case PCSC.REMOVED_CARD:
      case PCSC.NO_SMARTCARD:
        return this.#end({ kind: 'card-removed' })
      case PCSC.RESET_CARD:
      case PCSC.UNPOWERED_CARD:
        return this.#end({ kind: 'card-reset' })
      case PCSC.SHARING_VIOLATION:
        return { kind: 'reader-fault', detail: `another program holds the card in ${reader}` }
      case PCSC.INVALID_HANDLE:
      case PCSC.NO_SERVICE:
      case PCSC.SERVICE_STOPPED:
        return this.#end({ kind: 'reader-fault', detail: 'the smart card service is gone' })
      default: {
        const place = await whereIs(context, reader, delay)
        if (place === 'in-slot') return { kind: 'no-answer' }
        if (place === 'left') return this.#end({ kind: 'card-removed' })
        const detail = place === 'reader-gone' ? `the reader ${reader} is gone` : `the smart card service is gone (${call})`
        return this.#end({ kind: 'reader-fault', detail })
      }
    }
  }

  #end(failure: ChannelFailure): ChannelFailure {
    this.#ended ??= failure
    return this.#ended
  }

  #padOf(pad: Part10Pad): PinPad {
    const type = async (ask: () => Promise<Result<Uint8Array, PinPadFailure | PcscFailure>>): Promise<Result<Uint8Array, PinPadFailure | ChannelFailure>> => {
      if (this.#ended !== undefined) return refuse(this.#ended)
      this.#hasOpened = true
      const typed = await ask()
      if (typed.ok) return typed
      return 'kind' in typed.error ? refuse(typed.error) : refuse(await this.#failure(typed.error))
    }
    const { modify } = pad
    return {
      verify: (request: PadVerify) => type(() => pad.verify(request)),
      ...(modify === undefined ? {} : { modify: (request: PadModify) => type(() => modify(request)) })
    }
  }
}
