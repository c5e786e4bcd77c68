/** A channel that answers from a list and keeps what was sent: hexadecimal in, hexadecimal out. */

import { ok, refuse } from '../../base/result.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import type { CardChannel, ChannelFailure } from '../../card/channel/card-channel.ts'

export class ScriptedChannel implements CardChannel {
  readonly sent: string[] = []
  readonly #answers: (string | ChannelFailure)[]

  constructor(...answers: (string | ChannelFailure)[]) {
    this.#answers = answers
  }

  transmit(command: Uint8Array): ReturnType<CardChannel['transmit']> {
    this.sent.push(toHex(command))
    const answer = this.#answers.shift() ?? { kind: 'no-answer' as const }
    return Promise.resolve(typeof answer === 'string' ? ok(fromHex(answer)) : refuse(answer))
  }
}
