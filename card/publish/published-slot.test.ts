import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/hex.ts'
import type { FaultEffect } from '../channel/fault.ts'
import { PowerLost } from '../ports.ts'
import type { VirtualCard } from '../reader/virtual/virtual-card.ts'
import { VirtualReader } from '../reader/virtual/virtual-reader.ts'
import { pacedReader } from './paced-reader.ts'
import { PublishedSlot } from './published-slot.ts'

const ATR = '3B6D00000081544C348660999900000001'
const SELECT = '000700A4000002DF04'

/** Notes what was done to it; answers with the command's own parameter bytes and 9000. */
class NotingCard implements VirtualCard {
  readonly done: string[] = []
  answer = (command: Uint8Array): Uint8Array => fromHex(`${toHex(command.subarray(2, 4))}9000`)

  powerOn(): Uint8Array {
    this.done.push('on')
    return fromHex(ATR)
  }

  powerOff(): void {
    this.done.push('off')
  }

  reset(): Uint8Array {
    this.done.push('reset')
    return fromHex(ATR)
  }

  transmit(command: Uint8Array): Uint8Array {
    this.done.push(toHex(command))
    return this.answer(command)
  }
}

function bench() {
  const card = new NotingCard()
  const reader = new VirtualReader('published')
  reader.insert(card)
  const sent: string[] = []
  /** After how many things that were sent. */
  const seatings: number[] = []
  const link = {
    send: (bytes: Uint8Array) => sent.push(toHex(bytes)),
    seated: () => seatings.push(sent.length),
    hangUp: () => sent.push('hung up')
  }
  const slot = new PublishedSlot(reader, fromHex(ATR), link)
  return { card, reader, sent, seatings, slot, say: (hex: string) => slot.receive(fromHex(hex)) }
}

async function powered() {
  const opened = bench()
  await opened.say('000101')
  opened.card.done.length = 0
  return opened
}

describe('a card in a slot of the driver', () => {
  it('gives its ATR without being powered', async () => {
    const { card, sent, say } = bench()
    await say('000104')
    expect(sent).toEqual([`0011${ATR}`])
    expect(card.done).toEqual([])
  })

  it('is powered, reset, asked and powered off as the driver orders, in that order, from one piece', async () => {
    const { card, sent, say } = bench()
    await say(`000101000102${SELECT}000100000104`)
    expect(card.done).toEqual(['on', 'reset', '00A4000002DF04', 'off'])
    expect(sent).toEqual(['000400009000', `0011${ATR}`])
  })

  it('sits in its slot when it was powered and has given its ATR then, once', async () => {
    const { seatings, say } = bench()
    await say('000104')
    await say('000101')
    expect(seatings).toEqual([])
    await say('000104')
    await say('000104')
    expect(seatings).toEqual([2])
  })

  it('a second power on is a cold reset', async () => {
    const { card, say } = await powered()
    await say('000101')
    expect(card.done).toEqual(['off', 'on'])
  })

  it('a reset of a card without supply powers it', async () => {
    const { card, say } = bench()
    await say(`000102${SELECT}`)
    expect(card.done).toEqual(['on', '00A4000002DF04'])
  })

  it('a command without supply: the card leaves, and hears nothing', async () => {
    const { card, sent, say } = bench()
    await say(SELECT)
    await say('000104')
    expect(sent).toEqual(['hung up'])
    expect(card.done).toEqual([])
  })

  it('asks for less where an answer with its status word would be 256 bytes', async () => {
    const { card, sent, say } = await powered()
    card.answer = ([, , , , le = 0]) => fromHex(`${'AB'.repeat(le === 0 ? 256 : le)}9000`)
    await say('000500B0000000')
    await say('000500B00000FE')
    await say('000500B00000FD')
    expect(sent).toEqual(['00026CFD', '00026CFD', `00FF${'AB'.repeat(253)}9000`])
  })

  it('does not answer a control that no driver knows yet', async () => {
    const { card, sent, say } = await powered()
    await say('000107')
    expect([sent, card.done]).toEqual([[], []])
  })

  it('has no supply any more when the driver has gone', async () => {
    const { card, slot, say } = await powered()
    await slot.close()
    await say(SELECT)
    expect(card.done).toEqual(['off'])
  })
})

describe('faults of the reader it stands in', () => {
  it.each([
    ['mute', ['000100', '000400009000'], ['00A4000002DF04']],
    ['lose-answer', ['000100', '000400009000'], ['00A4000002DF04', '00A4000002DF04']],
    ['truncate', ['000100', '000400009000'], ['00A4000002DF04', '00A4000002DF04']],
    ['remove-before', ['hung up'], ['off']],
    ['remove-after', ['hung up'], ['00A4000002DF04', 'off']],
    ['reset-before', ['hung up'], ['reset']]
  ] as const satisfies readonly (readonly [FaultEffect, readonly string[], readonly string[]])[])('%s', async (effect, sent, done) => {
    const opened = await powered()
    opened.reader.faults.arm({ effect, occurrence: 1 })
    await opened.say(SELECT)
    await opened.say(SELECT)
    expect(opened.sent).toEqual(sent)
    expect(opened.card.done).toEqual(done)
  })

  it('a loss of supply inside a command: the card leaves without an answer', async () => {
    const { card, reader, sent, say } = await powered()
    card.answer = () => {
      throw new PowerLost('torn')
    }
    await say(SELECT)
    expect(sent).toEqual(['hung up'])
    expect(reader.occupied).toBe(false)
  })

  it('ends the answer that it began with a credit before it hangs up', async () => {
    const { reader, sent, say } = await powered()
    reader.faults.arm({ effect: 'remove-after', occurrence: 1 })
    await say('0007')
    await say('00A4000002DF04')
    expect(sent).toEqual(['00', '00', 'hung up'])
  })

  it('ends it when it is taken out between length and command, and does so once', async () => {
    const { slot, sent, say } = await powered()
    await say('0007')
    await slot.close()
    await slot.close()
    expect(sent).toEqual(['00', '00'])
  })

  it('a card that was pulled between two commands leaves at the next', async () => {
    const { reader, sent, say } = await powered()
    reader.remove()
    await say(SELECT)
    expect(sent).toEqual(['hung up'])
  })
})

describe('at the pace of a real card', () => {
  it('waits for reset, bytes and writes before it answers', async () => {
    const { card, reader } = bench()
    const events: string[] = []
    let writes = 0
    const paced = pacedReader(reader, {
      writes: () => writes,
      sleep: (ms) => {
        events.push(ms.toFixed(2))
        return Promise.resolve()
      }
    })
    const slot = new PublishedSlot(paced, fromHex(ATR), {
      send: (bytes) => events.push(toHex(bytes)),
      seated: () => undefined,
      hangUp: () => undefined
    })
    card.answer = () => {
      writes += 2
      return fromHex('9000')
    }
    await slot.receive(fromHex(`000101000102${SELECT}`))
    expect(events).toEqual(['21.25', '21.25', '18.50', '00029000'])
  })
})
