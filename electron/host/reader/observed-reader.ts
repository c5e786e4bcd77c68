/**
 * A reader as the counter uses it: commands take their time, and what passes is told. Between two commands the process
 * looks up, so that a card can be pulled out in the middle of a settlement as out of a real reader.
 */

import type { CardConnection, CardReader } from '../../../card/reader/card-reader.ts'
import type { PinPad } from '../../../card/reader/pin-pad.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { toHex } from '../../../card/bytes/hex.ts'
import type { ChannelFailure } from '../../../card/channel/card-channel.ts'
import { redactCommand } from '../../../card/channel/trace.ts'

export interface ExchangeObserver {
  /** Before a command leaves: resolves when it may. */
  before(command: Uint8Array): Promise<void>
  /** `command` is hex with the PIN starred; the answer is handed over as it came. `tookMs`: the card's own time. */
  after(command: string, answer: Result<Uint8Array, ChannelFailure>, tookMs: number): void
  /** The card got its supply, and said this. */
  powered?(atr: Uint8Array): void
  /** ms; only differences count. */
  readonly now: () => number
}

export const observedReader = (reader: CardReader, observer: ExchangeObserver): CardReader => ({
  get name() {
    return reader.name
  },
  connect: async () => {
    const connection = await reader.connect()
    if (!connection.ok) return connection
    observer.powered?.(connection.value.atr)
    return ok(observed(connection.value, observer))
  }
})

function observed(connection: CardConnection, observer: ExchangeObserver): CardConnection {
  return {
    get atr() {
      return connection.atr
    },
    get protocol() {
      return connection.protocol
    },
    get hold() {
      return connection.hold
    },
    get pinPad() {
      return connection.pinPad && observedPad(connection.pinPad, observer)
    },
    reset: () => connection.reset(),
    disconnect: () => connection.disconnect(),
    transmit: async (command) => {
      await observer.before(command)
      // A command that carries a PIN is wiped by its sender once the answer is there.
      const shown = redactCommand(command)
      const sent = observer.now()
      const answer = await connection.transmit(command)
      observer.after(shown, answer, observer.now() - sent)
      return answer
    }
  }
}

/** Of what the reader sends after the holder typed, only the header is known here; so much is shown. */
function observedPad(pad: PinPad, observer: ExchangeObserver): PinPad {
  const watch = async <Answer extends Awaited<ReturnType<PinPad['verify']>>>(header: Uint8Array, asked: Promise<Answer>): Promise<Answer> => {
    const sent = observer.now()
    const answer = await asked
    observer.after(`${toHex(header)}00`, shownAnswer(answer), observer.now() - sent)
    return answer
  }
  const verify: PinPad['verify'] = (request) => watch(request.header, pad.verify(request))
  const modify = pad.modify?.bind(pad)
  return modify === undefined ? { verify } : { verify, modify: (request) => watch(request.header, modify(request)) }
}

/** What the pad itself refuses has not reached the card. */
function shownAnswer(answer: Awaited<ReturnType<PinPad['verify']>>): Result<Uint8Array, ChannelFailure> {
  if (answer.ok) return answer
  const { error } = answer
  switch (error.kind) {
    case 'card-removed':
    case 'card-reset':
    case 'no-answer':
    case 'reader-fault':
      return refuse(error)
    default:
      return refuse({ kind: 'reader-fault', detail: error.kind })
  }
}
