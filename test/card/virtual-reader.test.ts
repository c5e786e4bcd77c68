/** The virtual reader against the port's contract with a simulated chip, and what is its own: faults and torn power. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { fromHex } from '../../card/bytes/hex.ts'
import type { FaultEffect } from '../../card/channel/fault.ts'
import { PowerLost } from '../../card/ports.ts'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import { cardReaderContract } from '../contract/card-reader.contract.ts'
import { fixtureCard } from './terminal.ts'

const SELECT = fromHex('00A4000002DF04')

cardReaderContract('virtual', () => {
  const reader = new VirtualReader('virtual')
  const card = fixtureCard('in-service-32k')
  const other = fixtureCard('retired-32k')
  reader.insert(card.chip)
  return Promise.resolve({
    reader,
    atr: '3B6D00000081544C348660999900000001',
    command: SELECT,
    removeCard: () => Promise.resolve(reader.remove()),
    insertCard: () => Promise.resolve(reader.insert(card.chip)),
    insertOtherCard: () => Promise.resolve(reader.insert(other.chip)),
    foreignReset: () => Promise.resolve(reader.foreignReset())
  })
})

class CountingCard implements VirtualCard {
  executed = 0
  powered = false
  tearsAt = Number.POSITIVE_INFINITY

  powerOn(): Uint8Array {
    this.powered = true
    return fromHex('3B00')
  }

  powerOff(): void {
    this.powered = false
  }

  reset(): Uint8Array {
    return fromHex('3B00')
  }

  transmit(): Uint8Array {
    this.executed += 1
    if (this.executed === this.tearsAt) throw new PowerLost('torn')
    return fromHex('9000')
  }
}

async function bench() {
  const card = new CountingCard()
  const reader = new VirtualReader('virtual')
  reader.insert(card)
  const connected = await reader.connect()
  invariant(connected.ok, 'the card answers')
  const send = async (): Promise<string> => {
    const answer = await connected.value.transmit(SELECT)
    return answer.ok ? 'answered' : answer.error.kind
  }
  return { card, reader, send, connection: connected.value }
}

describe('the virtual reader', () => {
  it.each([
    ['mute', ['answered', 'no-answer', 'answered'], 2],
    ['lose-answer', ['answered', 'no-answer', 'answered'], 3],
    ['truncate', ['answered', 'no-answer', 'answered'], 3],
    ['remove-before', ['answered', 'card-removed', 'card-removed'], 1],
    ['remove-after', ['answered', 'card-removed', 'card-removed'], 2],
    ['reset-before', ['answered', 'card-reset', 'card-reset'], 1]
  ] as const satisfies readonly (readonly [FaultEffect, readonly string[], number])[])(
    'fault %s',
    async (effect, seen, executed) => {
      const { card, reader, send } = await bench()
      reader.faults.arm({ effect, instruction: 0xa4, occurrence: 2 })
      expect([await send(), await send(), await send()]).toEqual(seen)
      expect(card.executed).toBe(executed)
    }
  )

  it('a chip that loses power in a command is out of the slot, its outcome unknown', async () => {
    const { card, reader, send } = await bench()
    card.tearsAt = 1
    expect([await send(), await send()]).toEqual(['card-removed', 'card-removed'])
    expect(await reader.connect()).toEqual({ ok: false, error: { kind: 'no-card' } })
  })

  it('a fault of the chip itself is not hidden as a removal', async () => {
    const { card, reader } = await bench()
    card.transmit = () => {
      throw new Error('bug')
    }
    const again = await reader.connect()
    invariant(again.ok, 'the card answers')
    expect(() => again.value.transmit(SELECT)).toThrow('bug')
  })

  it('connecting anew ends the connection before and takes the power away between', async () => {
    const { card, reader, send } = await bench()
    let cycles = 0
    const powerOff = card.powerOff.bind(card)
    card.powerOff = () => {
      cycles += 1
      powerOff()
    }
    expect((await reader.connect()).ok).toBe(true)
    expect(cycles).toBe(1)
    expect(await send()).toBe('card-reset')
  })

  it('closing takes the power away, so that no verified PIN stays behind', async () => {
    const { card, connection } = await bench()
    await connection.disconnect()
    expect(card.powered).toBe(false)
  })

  it('a card without an answer to reset is mute', async () => {
    const card = new CountingCard()
    card.powerOn = () => new Uint8Array(0)
    const reader = new VirtualReader('virtual')
    reader.insert(card)
    expect(await reader.connect()).toEqual({ ok: false, error: { kind: 'mute-card' } })
  })

  it('a foreign reset of a card that nobody powered changes nothing', async () => {
    const reader = new VirtualReader('virtual')
    reader.insert(new CountingCard())
    reader.foreignReset()
    expect((await reader.connect()).ok).toBe(true)
  })
})
