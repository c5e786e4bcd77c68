/**
 * A reader as the counter uses it: commands take their time, and what passes is told. Between two commands the process
 * looks up, so that a card can be pulled out in the middle of a settlement as out of a real reader.
 */

import type { CardConnection, CardReader } from '../../../card/reader/card-reader.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { ChannelFailure } from '../../../card/channel/card-channel.ts'
import { redactCommand } from '../../../card/channel/trace.ts'

export interface ExchangeObserver {
  /** Before a command leaves: resolves when it may. */
  before(command: Uint8Array): Promise<void>
  /** `command` is hex with the PIN starred; the answer is handed over as it came. `tookMs`: the card's own time. */
  after(command: string, answer: Result<Uint8Array, ChannelFailure>, tookMs: number): void
}

export const observedReader = (reader: CardReader, observer: ExchangeObserver): CardReader => ({
  name: reader.name,
  connect: async () => {
    const connection = await reader.connect()
    return connection.ok ? ok(observed(connection.value, observer)) : connection
  }
})

function observed(connection: CardConnection, observer: ExchangeObserver): CardConnection {
  return {
    get atr() {
      return connection.atr
    },
    reset: () => connection.reset(),
    disconnect: () => connection.disconnect(),
    transmit: async (command) => {
      await observer.before(command)
      // A command that carries a PIN is wiped by its sender once the answer is there.
      const shown = redactCommand(command)
      const sent = performance.now()
      const answer = await connection.transmit(command)
      observer.after(shown, answer, performance.now() - sent)
      return answer
    }
  }
}
