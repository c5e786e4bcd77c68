/**
 * The reader process without the process: answers requests over a module, and tells what the readers hold. Knows cards as
 * bytes only.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { ChannelFailure } from '../../card/channel/card-channel.ts'
import type { CardConnection, ConnectFailure } from '../../card/reader/card-reader.ts'
import type { Delay } from '../../card/reader/pcsc/delay.ts'
import type { PcscModule } from '../../card/reader/pcsc/pcsc-module.ts'
import { PcscReader } from '../../card/reader/pcsc/pcsc-reader.ts'
import type { ReaderTrouble, TroubleSystem } from '../../card/reader/pcsc/reader-trouble.ts'
import { troubleLine } from '../../card/reader/pcsc/trouble-of.ts'
import type { ConnectedCard, ReaderCallName, ReaderCalls, ReaderReply, ReaderRequest } from './reader-messages.ts'
import { watchReaders } from './watch-readers.ts'

export interface ServeParts {
  /** Or why there is none. */
  readonly module: Result<PcscModule, ReaderTrouble>
  readonly delay: Delay
  readonly system: TroubleSystem
  readonly isServiceInstalled: () => boolean
  readonly send: (reply: ReaderReply) => void
}

export interface ServedReaders {
  receive(request: ReaderRequest): void
  /** How many connections are open: for who looks after leaks. */
  readonly connections: number
  close(): Promise<void>
}

type Handlers = { readonly [Name in ReaderCallName]: (params: ReaderCalls[Name]['params']) => Promise<ReaderCalls[Name]['answer']> }

const CLOSED: ChannelFailure = { kind: 'reader-fault', detail: 'the connection was closed' }

export function serveReaders({ module, delay, system, isServiceInstalled, send }: ServeParts): ServedReaders {
  const connections = new Connections()
  const watch = module.ok
    ? watchReaders({ module: module.value, delay, system, isServiceInstalled, tell: (seen) => send({ kind: 'seen', seen }) })
    : undefined
  if (!module.ok) send({ kind: 'seen', seen: { readers: [], trouble: module.error } })

  const connect = async (reader: string): Promise<Result<ConnectedCard, ConnectFailure>> => {
    if (!module.ok) return refuse({ kind: 'reader-fault', detail: troubleLine(module.error), trouble: module.error })
    const connected = await new PcscReader({ module: module.value, name: reader, delay, system }).connect()
    return connected.ok ? ok(connections.add(connected.value)) : connected
  }
  const handlers = handlersOf(connections, connect)

  return {
    receive: ({ id, name, params }) => {
      const handler = handlers[name] as (params: unknown) => Promise<ReaderCalls[ReaderCallName]['answer']>
      void handler(params).then((answer) => send({ kind: 'answer', id, answer }))
    },
    get connections() {
      return connections.count
    },
    async close() {
      watch?.stop()
      await connections.close()
    }
  }
}

function handlersOf(connections: Connections, connect: (reader: string) => Promise<Result<ConnectedCard, ConnectFailure>>): Handlers {
  return {
    'connect': ({ reader }) => connect(reader),
    'transmit': async ({ connection, command }) => {
      const answer = await (connections.of(connection)?.transmit(command) ?? refuse(CLOSED))
      // It may have carried a PIN; this copy has served.
      command.fill(0)
      return answer
    },
    'reset': async ({ connection }) => connections.of(connection)?.reset() ?? refuse(CLOSED),
    'begin': async ({ connection }) => connections.of(connection)?.hold?.begin() ?? refuse(CLOSED),
    'end': async ({ connection }) => {
      await connections.of(connection)?.hold?.end()
      return ok(null)
    },
    'disconnect': async ({ connection }) => {
      await connections.take(connection)?.disconnect()
      return ok(null)
    },
    'pad-verify': async ({ connection, request }) => connections.of(connection)?.pinPad?.verify(request) ?? refuse(CLOSED),
    'pad-modify': async ({ connection, request }) => connections.of(connection)?.pinPad?.modify?.(request) ?? refuse(CLOSED)
  }
}

class Connections {
  readonly #open = new Map<number, CardConnection>()
  #last = 0

  get count(): number {
    return this.#open.size
  }

  add(connection: CardConnection): ConnectedCard {
    this.#last += 1
    this.#open.set(this.#last, connection)
    const { atr, protocol, pinPad } = connection
    return { connection: this.#last, atr, protocol, pad: padOf(pinPad) }
  }

  of(connection: number): CardConnection | undefined {
    return this.#open.get(connection)
  }

  take(connection: number): CardConnection | undefined {
    const taken = this.#open.get(connection)
    this.#open.delete(connection)
    return taken
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()]
    this.#open.clear()
    await Promise.all(open.map((connection) => connection.disconnect()))
  }
}

function padOf(pad: CardConnection['pinPad']): ConnectedCard['pad'] {
  if (pad === undefined) return 'none'
  return pad.modify === undefined ? 'verify' : 'verify-and-modify'
}
