/** The reader process without the process, over a scripted service. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { refuse } from '../../base/result.ts'
import { fromHex } from '../../card/bytes/hex.ts'
import type { Delay } from '../../card/reader/pcsc/delay.ts'
import { PCSC } from '../../card/reader/pcsc/pcsc-codes.ts'
import { ScriptedPcsc, type ScriptedCard } from '../../test/support/scripted-pcsc.ts'
import type { ReaderReply } from './reader-messages.ts'
import type { ReadersSeen } from './real-readers.ts'
import { serveReaders } from './serve-readers.ts'

const READER = 'Scripted 00 00'
const SELECT = (): Uint8Array => fromHex('00A4000002DF04')

/** Every pause passes with the next turn of the loop; limits of ten seconds stand. */
const hasty: Delay = {
  after(ms, run) {
    if (ms >= 5_000) return () => {}
    const next = setImmediate(run)
    return () => clearImmediate(next)
  }
}

const card = (): ScriptedCard => ({ atr: fromHex('3B00'), protocol: 'T=0', transmit: () => fromHex('9000') })

function served(prepare: (service: ScriptedPcsc) => void = (service) => service.plug(READER)) {
  const service = new ScriptedPcsc()
  prepare(service)
  const seen: ReadersSeen[] = []
  const waiting = new Map<number, (reply: ReaderReply) => void>()
  let id = 0
  const readers = serveReaders({
    module: { ok: true, value: service },
    delay: hasty,
    system: 'linux',
    isServiceInstalled: () => true,
    send: (reply) => {
      if (reply.kind === 'seen') seen.push(reply.seen)
      else {
        waiting.get(reply.id)?.(reply)
        waiting.delete(reply.id)
      }
    }
  })
  const ask = (name: string, params: object): Promise<{ ok: boolean; value?: unknown; error?: unknown }> => {
    id += 1
    const asked = id
    return new Promise((resolve) => {
      waiting.set(asked, (reply) => resolve((reply as { answer: { ok: boolean } }).answer))
      readers.receive({ kind: 'request', id: asked, name, params } as never)
    })
  }
  const connect = async (): Promise<number> => {
    const connected = await ask('connect', { reader: READER })
    invariant(connected.ok, 'the card answers')
    return (connected.value as { connection: number }).connection
  }
  return { service, readers, seen, ask, connect }
}

const settle = async (turns = 8): Promise<void> => {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
}

describe('what the readers hold', () => {
  it('is told at the start and after each change, and not twice', async () => {
    const { service, seen, readers } = served()
    await settle()
    service.insert(READER, card())
    await settle()
    service.changed()
    await settle()
    service.remove(READER)
    await settle()
    service.unplug(READER)
    await settle()
    expect(seen).toEqual([
      { readers: [{ name: READER, card: 'empty', atr: undefined, insertions: 0 }], trouble: undefined },
      { readers: [{ name: READER, card: 'present', atr: '3B00', insertions: 1 }], trouble: undefined },
      { readers: [{ name: READER, card: 'empty', atr: undefined, insertions: 2 }], trouble: undefined },
      { readers: [], trouble: { kind: 'no-reader' } }
    ])
    await readers.close()
  })

  it('is a trouble while the service is away, and comes back with it', async () => {
    const { service, seen, readers } = served()
    await settle()
    service.failing.set('SCardGetStatusChange', PCSC.SERVICE_STOPPED)
    service.failing.set('SCardEstablishContext', PCSC.NO_SERVICE)
    service.changed()
    await settle()
    service.failing.clear()
    await settle(20)
    expect(seen.map(({ trouble }) => trouble?.kind)).toEqual([undefined, 'service-stopped', undefined])
    await readers.close()
    await settle()
    expect(service.contextsOpen).toBe(0)
  })

  it('a service that was never installed is told from one that is stopped', async () => {
    const seen: ReadersSeen[] = []
    const service = new ScriptedPcsc()
    service.failing.set('SCardEstablishContext', PCSC.NO_SERVICE)
    const readers = serveReaders({
      module: { ok: true, value: service },
      delay: hasty,
      system: 'linux',
      isServiceInstalled: () => false,
      send: (reply) => reply.kind === 'seen' && seen.push(reply.seen)
    })
    await settle()
    expect(seen).toEqual([{ readers: [], trouble: { kind: 'service-absent' } }])
    await readers.close()
  })
})

describe('requests', () => {
  it('without a module are refused with what is missing, and it is told', async () => {
    const missing = { kind: 'module-missing', detail: "Cannot find module 'pcsc.node'" } as const
    const replies: ReaderReply[] = []
    const readers = serveReaders({
      module: refuse(missing),
      delay: hasty,
      system: 'linux',
      isServiceInstalled: () => true,
      send: (reply) => replies.push(reply)
    })
    readers.receive({ kind: 'request', id: 1, name: 'connect', params: { reader: READER } })
    await settle()
    expect(replies).toEqual([
      { kind: 'seen', seen: { readers: [], trouble: missing } },
      { kind: 'answer', id: 1, answer: { ok: false, error: { kind: 'reader-fault', detail: `module-missing (${missing.detail})`, trouble: missing } } }
    ])
    await readers.close()
  })

  it('wipe a command that has been sent', async () => {
    const { service, readers, ask, connect } = served()
    service.insert(READER, card())
    const verify = fromHex('0020000003246810')
    await ask('transmit', { connection: await connect(), command: verify })
    expect(verify).toEqual(new Uint8Array(8))
    await readers.close()
  })

  it('for a connection that was let go are refused', async () => {
    const { service, readers, ask, connect } = served()
    service.insert(READER, card())
    const connection = await connect()
    await ask('disconnect', { connection })
    for (const name of ['transmit', 'reset', 'begin', 'pad-verify', 'pad-modify']) {
      expect(await ask(name, { connection, command: SELECT() })).toMatchObject({ ok: false, error: { kind: 'reader-fault' } })
    }
    await readers.close()
  })
})

describe('ten thousand cards that come and go', () => {
  it('leave no context, no handle, no wait and no listener behind', async () => {
    const { service, readers, ask, connect, seen } = served()
    await settle()
    const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
    const before = { contexts: service.contextsOpen, waits: service.waits, listeners: listeners() }
    for (let cycle = 0; cycle < 10_000; cycle++) {
      service.insert(READER, card())
      const connection = await connect()
      await ask('begin', { connection })
      await ask('transmit', { connection, command: SELECT() })
      // Half are pulled in their burst, half are let go in peace.
      if (cycle % 2 === 0) await ask('end', { connection })
      service.remove(READER)
      await ask('transmit', { connection, command: SELECT() })
      await ask('disconnect', { connection })
      seen.length = 0
    }
    await settle()
    expect({ contexts: service.contextsOpen, waits: service.waits, listeners: listeners() }).toEqual(before)
    expect([service.cardsOpen, readers.connections]).toEqual([0, 0])
    await readers.close()
    await settle()
    expect([service.contextsOpen, service.waits]).toEqual([0, 0])
  })
})
