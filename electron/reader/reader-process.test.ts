/** The client of the reader process, against a process that a test plays. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { fromHex } from '../../card/bytes/hex.ts'
import type { CardConnection } from '../../card/reader/card-reader.ts'
import { manualTimer } from '../../test/support/manual-timer.ts'
import type { ReaderListener } from './reader-link.ts'
import type { ReaderRequest } from './reader-messages.ts'
import { openRealReaders } from './reader-process.ts'
import type { ReadersSeen, SeenReader } from './real-readers.ts'

const SELECT = fromHex('00A4000002DF04')

const reader = (name: string, more: Partial<SeenReader> = {}): SeenReader => ({ name, card: 'present', atr: '3B00', insertions: 1, ...more })

class PlayedProcess {
  readonly requests: ReaderRequest[] = []
  killed = false
  readonly #listener: ReaderListener

  constructor(listener: ReaderListener) {
    this.#listener = listener
  }

  say(message: unknown): void {
    this.#listener.message(message)
  }

  see(readers: readonly SeenReader[], trouble?: ReadersSeen['trouble']): void {
    this.say({ kind: 'seen', seen: { readers, trouble } })
  }

  /** The request asked last. */
  answer(answer: object): void {
    this.say({ kind: 'answer', id: this.requests.at(-1)?.id, answer })
  }

  end(reason = 'ended by SIGKILL'): void {
    this.#listener.ended(reason)
  }
}

function opened() {
  const timer = manualTimer()
  const processes: PlayedProcess[] = []
  const readers = openRealReaders({
    timer,
    start: (listener) => {
      const process = new PlayedProcess(listener)
      processes.push(process)
      return {
        send: (request) => process.requests.push(request),
        kill: () => {
          process.killed = true
          process.end()
        },
        pid: 1
      }
    }
  })
  const now = (): PlayedProcess => {
    const process = processes.at(-1)
    invariant(process !== undefined, 'a process was started')
    return process
  }
  return { timer, processes, readers, now }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function connectedIn({ readers, now }: ReturnType<typeof opened>): Promise<CardConnection> {
  now().see([reader('Alpha 00 00')])
  const connecting = readers.reader('alpha').connect()
  await settled()
  now().answer({ ok: true, value: { connection: 7, atr: fromHex('3B00'), protocol: 'T=1', pad: 'verify' } })
  const connected = await connecting
  invariant(connected.ok, 'the card answers')
  return connected.value
}

describe('a reader by a part of its name', () => {
  it('is looked for when it is connected, letter case aside', async () => {
    const bench = opened()
    const connection = await connectedIn(bench)
    expect(bench.now().requests.map(({ name, params }) => [name, params])).toEqual([['connect', { reader: 'Alpha 00 00' }]])
    expect([connection.protocol, connection.pinPad?.modify]).toEqual(['T=1', undefined])
  })

  it('waits for the first look of a process that has just been started', async () => {
    const { readers, now } = opened()
    const connecting = readers.reader('Alpha').connect()
    await settled()
    expect(now().requests).toEqual([])
    now().see([], { kind: 'service-stopped' })
    expect(await connecting).toMatchObject({ ok: false, error: { kind: 'reader-fault', trouble: { kind: 'service-stopped' } } })
  })

  it('does not wait for ever for it', async () => {
    const { readers, timer } = opened()
    const connecting = readers.reader('Alpha').connect()
    await settled()
    timer.advance(3_000)
    expect(await connecting).toMatchObject({ ok: false, error: { trouble: { kind: 'process-gone' } } })
  })

  it.each([
    ['alpha', { kind: 'two-match', asked: 'alpha', matches: ['Alpha 00 00', 'Alpha 00 01'] }],
    ['bravo', { kind: 'no-such-reader', asked: 'bravo', there: ['Alpha 00 00', 'Alpha 00 01'] }],
    ['ALPHA 00 01', reader('Alpha 00 01')]
  ])('"%s" among two', (asked, found) => {
    const { readers, now } = opened()
    now().see([reader('Alpha 00 00'), reader('Alpha 00 01')])
    expect(readers.find(asked)).toEqual(found)
  })
})

describe('a process that dies', () => {
  it('leaves a call under way unknown, and every later one certainly not sent', async () => {
    const bench = opened()
    const connection = await connectedIn(bench)
    const debit = connection.transmit(SELECT)
    bench.now().end()
    expect(await debit).toEqual({ ok: false, error: { kind: 'reader-fault', detail: 'the reader process ended before it answered' } })
    expect(await connection.transmit(SELECT)).toEqual({ ok: false, error: { kind: 'card-reset' } })
    expect(await connection.hold?.begin()).toEqual({ ok: false, error: { kind: 'card-reset' } })
    await connection.disconnect()
  })

  it('is followed by another, at first soon, then less and less, and never later than a second', () => {
    const { timer, processes, now, readers } = opened()
    const pauses: number[] = []
    for (let death = 0; death < 8; death++) {
      now().end('ended with exit code 134')
      expect(readers.seen).toEqual({ readers: [], trouble: { kind: 'process-gone', detail: 'ended with exit code 134' } })
      const count = processes.length
      const died = timer.now()
      while (processes.length === count) timer.advance(10)
      pauses.push(timer.now() - died)
    }
    expect(pauses).toEqual([50, 100, 200, 400, 800, 1000, 1000, 1000])
  })

  it('after ten good seconds is followed at once again', () => {
    const { timer, processes, now } = opened()
    for (let death = 0; death < 5; death++) {
      now().end()
      timer.advance(1_000)
    }
    timer.advance(10_000)
    now().end()
    const count = processes.length
    timer.advance(50)
    expect(processes).toHaveLength(count + 1)
  })
})

describe('a process that hangs', () => {
  it.each([
    ['transmit', 12_000, (connection: CardConnection) => connection.transmit(SELECT)],
    ['reset', 10_000, (connection: CardConnection) => connection.reset()],
    ['begin', 8_000, (connection: CardConnection) => connection.hold?.begin()],
    ['pad-verify', 60_000, (connection: CardConnection) => connection.pinPad?.verify({ header: SELECT, digits: { min: 6, max: 6 } })]
  ])('in %s is killed after %i ms, and the call is answered', async (name, ms, call) => {
    const bench = opened()
    const connection = await connectedIn(bench)
    const process = bench.now()
    const answer = call(connection)
    bench.timer.advance(ms - 1)
    expect(process.killed).toBe(false)
    bench.timer.advance(1)
    expect(process.killed).toBe(true)
    expect(await answer).toMatchObject({ ok: false, error: { kind: 'reader-fault' } })
    expect(bench.readers.seen.trouble).toEqual({ kind: 'process-gone', detail: `no answer to ${name}` })
  })
})

describe('listeners', () => {
  it('hear every change until they are taken off', () => {
    const { readers, now } = opened()
    const heard: number[] = []
    const off = readers.onChange(({ readers: seen }) => heard.push(seen.length))
    now().see([reader('Alpha 00 00')])
    off()
    now().see([])
    expect(heard).toEqual([1])
    expect(readers.seen.readers).toEqual([])
  })

  it('a message that is none is not believed', () => {
    const { readers, now } = opened()
    const before = readers.seen
    for (const message of [undefined, null, 7, {}, { kind: 'answer', id: 1 }, { kind: 'seen' }, { kind: 'seen', seen: {} }]) now().say(message)
    expect(readers.seen).toBe(before)
  })
})

describe('closing', () => {
  it('kills the process and starts no other', async () => {
    const { readers, processes, timer } = opened()
    await readers.close()
    await readers.close()
    timer.advance(10_000)
    expect(processes.map(({ killed }) => killed)).toEqual([true])
  })
})
