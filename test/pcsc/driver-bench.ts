/** A daemon with many slots, a published card in each, and the two ways to its readers: the driver in this process, and the reader process. */

import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { invariant } from '../../base/invariant.ts'
import type { Delay } from '../../card/reader/pcsc/delay.ts'
import { loadPcscModule } from '../../card/reader/pcsc/load-module.ts'
import type { PcscContext, PcscModule } from '../../card/reader/pcsc/pcsc-module.ts'
import { nodeReader } from '../../electron/reader/node-reader.ts'
import type { ReaderLink } from '../../electron/reader/reader-link.ts'
import { openRealReaders } from '../../electron/reader/reader-process.ts'
import type { ReadersSeen, RealReaders } from '../../electron/reader/real-readers.ts'
import { systemTimer } from '../../electron/supervisor/timer.ts'
import type { CardUnderTest } from '../chip/card-under-test.ts'
import { fixtureCard } from '../card/terminal.ts'
import type { Daemon } from './support/daemon.ts'
import { publishedAt, type Published } from './support/published.ts'

export interface Slot {
  readonly name: string
  readonly published: Published
  readonly card: CardUnderTest
  /** Fulfils when the daemon sees the card. */
  insert(card?: CardUnderTest): Promise<void>
  /** The daemon notices only when it looks next. */
  remove(): void
  /** Fulfils when the daemon has noticed. */
  missed(): Promise<void>
}

export const systemDelay: Delay = systemTimer

/** The binding in this process; the daemon must have been adopted. */
export function moduleHere(): PcscModule {
  const loaded = loadPcscModule({ system: 'linux' })
  invariant(loaded.ok, `the binding is built: ${loaded.ok ? '' : JSON.stringify(loaded.error)}`)
  return loaded.value
}

export async function contextOf(module: PcscModule): Promise<PcscContext> {
  const established = await module.establish()
  invariant(established.ok, 'the daemon answers')
  return established.value
}

/** Every slot of the daemon, in the order of its ports, each with a card of its own; the cards are not in yet. */
export async function slotsOf(daemon: Daemon, module: PcscModule): Promise<Slot[]> {
  const context = await contextOf(module)
  const listed = await context.readers()
  context.release()
  invariant(listed.ok, 'the daemon lists its readers')
  const names = listed.value.map(({ name }) => name)
  const ports = daemon.ports.flatMap((port) => [port, port + 1])
  return names.map((name, index) => {
    const published = publishedAt(ports[index] ?? 0)
    const card = fixtureCard('in-service-32k')
    return {
      name,
      published,
      card,
      async insert(inserted = card) {
        await published.insert(inserted.chip)
        await until(() => isPresent(module, name), `the card is seen in ${name}`)
      },
      remove: () => published.remove(),
      async missed() {
        await until(async () => !(await isPresent(module, name)), `the card is missed in ${name}`)
      }
    }
  })
}

async function isPresent(module: PcscModule, reader: string): Promise<boolean> {
  const context = await contextOf(module)
  const readers = await context.readers()
  context.release()
  return readers.ok && readers.value.some(({ name, present }) => name === reader && present)
}

const VERSION_MESSAGE_LENGTH = 20
const SERVICE_STOPPED = 0x8010001e

/** What a daemon of another version says to a library that greets it: 4.9, and that it will not serve. */
export async function daemonOfAnotherVersion(path: string): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    // Head and body are written apart, and on a busy machine they come apart.
    let heard = 0
    socket.on('data', (chunk) => {
      heard += chunk.length
      if (heard < VERSION_MESSAGE_LENGTH) return
      heard = 0
      const answer = Buffer.alloc(12)
      answer.writeInt32LE(4, 0)
      answer.writeInt32LE(9, 4)
      answer.writeUInt32LE(SERVICE_STOPPED, 8)
      socket.write(answer)
    })
  })
  server.listen(path)
  await once(server, 'listening')
  return server
}

const UNTIL_MS = 10_000
const LOOK_MS = 10

export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<number> {
  const begun = performance.now()
  while (!(await isSo())) {
    invariant(performance.now() - begun < UNTIL_MS, `within ten seconds ${what}`)
    await sleep(LOOK_MS)
  }
  return performance.now() - begun
}

export interface ObservedReaders {
  readonly readers: RealReaders
  /** The run of now. */
  link(): ReaderLink
  /** Milliseconds until `seen` is so. */
  see(isSo: (seen: ReadersSeen) => boolean, what: string): Promise<number>
}

/** A reader process, watched. */
export function readersThrough({ environment }: Pick<Daemon, 'environment'>): ObservedReaders {
  let link: ReaderLink | undefined
  const start = nodeReader({ node: process.execPath, environment })
  const readers = openRealReaders({ start: (listener) => (link = start(listener)), timer: systemTimer })
  return {
    readers,
    link: () => {
      invariant(link !== undefined, 'the process was started')
      return link
    },
    see: (isSo, what) => until(() => isSo(readers.seen), what)
  }
}
