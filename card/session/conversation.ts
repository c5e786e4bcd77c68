/**
 * The talk with one card through one connection. It ends with the first sign that the card left, was reset or is another,
 * and from then on sends nothing: a session belongs to one card.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { parseResponseApdu, type ResponseApdu } from '../apdu/response-apdu.ts'
import type { CardChannel, ChannelFailure } from '../channel/card-channel.ts'
import { stepOf, type Command, type CommandRefusal } from '../command/command.ts'
import { faultOf, type CardFault, type EndCause, type ReaderFault, type SessionEnded } from './fault.ts'

/** `sent: false` is certain: not a byte of the command reached the card. */
export interface Silence {
  readonly sent: boolean
  readonly failure: ChannelFailure
}

export class Conversation {
  readonly #channel: CardChannel
  #ended: EndCause | undefined

  constructor(channel: CardChannel) {
    this.#channel = channel
  }

  get ended(): EndCause | undefined {
    return this.#ended
  }

  /** The first cause stays: what follows is its consequence. */
  end(cause: EndCause): SessionEnded {
    this.#ended ??= cause
    return { kind: 'session-ended', cause: this.#ended }
  }

  /** Sends one command, once. For the debit, which must know whether a missing answer means a missing command. */
  async exchange(apdu: Uint8Array): Promise<Result<ResponseApdu, Silence>> {
    if (this.#ended !== undefined) {
      return refuse({ sent: false, failure: { kind: this.#ended === 'card-removed' ? 'card-removed' : 'card-reset' } })
    }
    return this.take(await this.#channel.transmit(apdu))
  }

  /** A contact that swallows one answer gives the next: a second silence is the card's own. */
  async #put({ apdu, changesNothing }: Pick<Command<unknown, unknown>, 'apdu' | 'changesNothing'>): Promise<Result<ResponseApdu, Silence>> {
    const answer = await this.exchange(apdu)
    return changesNothing === true && !answer.ok && answer.error.failure.kind === 'no-answer' ? this.exchange(apdu) : answer
  }

  /** What an exchange came to that was carried out elsewhere, at the reader's own pad: its end is this conversation's too. */
  take(answer: Result<Uint8Array, ChannelFailure>): Result<ResponseApdu, Silence> {
    if (!answer.ok) {
      const { kind } = answer.error
      if (kind === 'card-removed' || kind === 'card-reset') this.end(kind)
      return refuse({ sent: kind !== 'card-reset', failure: answer.error })
    }
    const response = parseResponseApdu(answer.value)
    return response === undefined ? refuse({ sent: true, failure: { kind: 'no-answer' } }) : ok(response)
  }

  /** The command's own refusals, and beside them only that the talk failed. */
  async send<Value, Refusal>(command: Command<Value, Refusal>): Promise<Result<Value, Refusal | SessionEnded | ReaderFault>> {
    const answer = await this.#put(command)
    return answer.ok ? command.parse(answer.value) : refuse(this.faultOfSilence(command.apdu, answer.error))
  }

  /** For commands whose refusals mean nothing special to the operation. */
  async ask<Value>(command: Command<Value, CommandRefusal<string>>): Promise<Result<Value, CardFault>> {
    const answer = await this.#put(command)
    if (!answer.ok) return refuse(this.faultOfSilence(command.apdu, answer.error))
    const parsed = command.parse(answer.value)
    return parsed.ok ? parsed : refuse(faultOf(stepOf(command.apdu), parsed.error))
  }

  faultOfSilence(apdu: Uint8Array, { failure }: Silence): SessionEnded | ReaderFault {
    if (this.#ended !== undefined) return { kind: 'session-ended', cause: this.#ended }
    const detail = failure.kind === 'reader-fault' ? failure.detail : `no answer to ${stepOf(apdu)}`
    return { kind: 'reader-fault', detail }
  }
}
