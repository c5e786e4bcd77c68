/** A reader whose card answers no sooner than a real one would. */

import type { Result } from '../../base/result.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'
import type { CardConnection, CardReader } from '../reader/card-reader.ts'
import { cardPace, type CardPace } from './card-pace.ts'

export interface PacePorts {
  readonly sleep: (ms: number) => Promise<void>
  /** How often the card's lasting memory has been written so far. */
  readonly writes: () => number
}

export const pacedReader = (reader: CardReader, ports: PacePorts): CardReader => ({
  name: reader.name,
  async connect() {
    const connected = await reader.connect()
    if (!connected.ok) return connected
    const pace = cardPace(connected.value.atr)
    await ports.sleep(pace.resetMs)
    return { ok: true, value: pacedConnection(connected.value, pace, ports) }
  }
})

function pacedConnection(connection: CardConnection, pace: CardPace, { sleep, writes }: PacePorts): CardConnection {
  return {
    get atr() {
      return connection.atr
    },
    disconnect: () => connection.disconnect(),
    async reset() {
      const answer = await connection.reset()
      await sleep(pace.resetMs)
      return answer
    },
    async transmit(command): Promise<Result<Uint8Array, ChannelFailure>> {
      const before = writes()
      const answer = await connection.transmit(command)
      const bytes = answer.ok ? answer.value.length : 0
      await sleep(pace.exchangeMs({ command: command.length, answer: bytes, writes: writes() - before }))
      return answer
    }
  }
}
