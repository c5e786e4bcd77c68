/**
 * What every driver of the reader port must do. A driver's test hands in a bench: a reader with one card in it whose
 * events the suite can cause. The card must answer 9000 to SELECT of a file DF04 and 6D00 or so to nonsense.
 */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import type { CardConnection, CardReader } from '../../card/reader/card-reader.ts'

export interface ReaderBench {
  readonly reader: CardReader
  /** Hex of the ATR of the card in the slot. */
  readonly atr: string
  /** A command that the card answers with 9000 (or 61xx), as often as it is asked. */
  readonly command: Uint8Array
  readonly removeCard: () => Promise<void>
  readonly insertCard: () => Promise<void>
  readonly insertOtherCard: () => Promise<void>
  /** Another program resets the card. */
  readonly foreignReset: () => Promise<void>
}

export function cardReaderContract(driver: string, bench: () => Promise<ReaderBench>): void {
  const connect = async (reader: CardReader): Promise<CardConnection> => {
    const connected = await reader.connect()
    invariant(connected.ok, 'the card answers')
    return connected.value
  }
  const outcome = async (connection: CardConnection, command: Uint8Array): Promise<string> => {
    const answer = await connection.transmit(command)
    return answer.ok ? 'answered' : answer.error.kind
  }

  describe(`card reader port: ${driver}`, () => {
    it('an empty slot is no card', async () => {
      const { reader, removeCard } = await bench()
      await removeCard()
      expect(await reader.connect()).toEqual({ ok: false, error: { kind: 'no-card' } })
    })

    it('hands out the whole answer to reset and carries commands', async () => {
      const { reader, atr, command } = await bench()
      const connection = await connect(reader)
      expect(toHex(connection.atr)).toBe(atr)
      expect(await outcome(connection, command)).toBe('answered')
    })

    it('answers end in a status word, whatever is sent', async () => {
      const { reader } = await bench()
      const connection = await connect(reader)
      const answer = await connection.transmit(fromHex('00FF0000'))
      expect(answer.ok && answer.value.length >= 2).toBe(true)
    })

    it('a removed card ends the connection', async () => {
      const { reader, command, removeCard } = await bench()
      const connection = await connect(reader)
      await removeCard()
      expect(await outcome(connection, command)).toBe('card-removed')
      expect(await outcome(connection, command)).toBe('card-removed')
    })

    it.each(['insertCard', 'insertOtherCard'] as const)('a connection does not come back to life: removal, then %s', async (event) => {
      const opened = await bench()
      const connection = await connect(opened.reader)
      await opened.removeCard()
      await opened[event]()
      expect(['card-removed', 'card-reset']).toContain(await outcome(connection, opened.command))
      expect(await outcome(await connect(opened.reader), opened.command)).toBe('answered')
    })

    it("someone else's reset ends the connection, and nothing is sent any more", async () => {
      const { reader, command, foreignReset } = await bench()
      const connection = await connect(reader)
      await foreignReset()
      expect(await outcome(connection, command)).toBe('card-reset')
      expect(await outcome(connection, command)).toBe('card-reset')
    })

    it('its own reset keeps the connection and gives the ATR', async () => {
      const { reader, atr, command } = await bench()
      const connection = await connect(reader)
      const reset = await connection.reset()
      expect(reset.ok && toHex(reset.value)).toBe(atr)
      expect(await outcome(connection, command)).toBe('answered')
    })

    it('a reset of a card that left is card-removed', async () => {
      const { reader, removeCard } = await bench()
      const connection = await connect(reader)
      await removeCard()
      expect(await connection.reset()).toEqual({ ok: false, error: { kind: 'card-removed' } })
    })

    it('a closed connection sends nothing', async () => {
      const { reader, command } = await bench()
      const connection = await connect(reader)
      await connection.disconnect()
      expect(await outcome(connection, command)).not.toBe('answered')
      await connection.disconnect()
    })
  })
}
