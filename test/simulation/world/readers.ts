/**
 * The readers of a till: "counter" for the patient's card, "sam" for the PSAM. They are plugged into the computer and outlive its
 * programs; what a program sees of them is made anew for each.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CardConnection, CardReader, ConnectFailure } from '../../../card/reader/card-reader.ts'
import { findReader } from '../../../electron/reader/find-reader.ts'
import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'
import type { ReadersSeen, RealReaders, SeenReader } from '../../../electron/reader/real-readers.ts'
import type { Life } from './life.ts'
import { Slot, type Exchanged, type ReaderPorts } from './slot.ts'

/** ms: powering a card up. */
const CONNECT_MS = { least: 60, most: 300 }

/** The readers of one computer. */
export class TillReaders {
  readonly counter: Slot
  readonly sam: Slot
  readonly #ports: ReaderPorts
  readonly #listeners = new Set<() => void>()
  #trouble: ReaderTrouble | undefined
  #isCounterPlugged = true

  constructor(ports: ReaderPorts) {
    this.#ports = ports
    const changed = (): void => this.#tell()
    this.counter = new Slot('counter', ports, changed)
    this.sam = new Slot('sam', ports, changed)
  }

  get seen(): ReadersSeen {
    if (this.#trouble !== undefined) return { readers: [], trouble: this.#trouble }
    return { readers: [...(this.#isCounterPlugged ? [this.counter.seen] : []), this.sam.seen], trouble: undefined }
  }

  /** undefined: whole again. */
  breakWith(trouble: ReaderTrouble | undefined): void {
    if (this.#trouble?.kind === trouble?.kind) return
    this.#trouble = trouble
    for (const slot of [this.counter, this.sam]) slot.reader.foreignReset()
    this.#tell()
  }

  plugCounter(isPlugged: boolean): void {
    if (this.#isCounterPlugged === isPlugged) return
    this.#isCounterPlugged = isPlugged
    this.counter.reader.foreignReset()
    this.#tell()
  }

  /** What a program with this life sees of them. `inside` runs what happens in the program: whatever it throws is the program's own. */
  readersOf(life: Life, inside: (work: () => void) => void): RealReaders {
    return new ProgramReaders(this, { ...this.#ports, life, inside })
  }

  follow(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  slotOf(name: string): Slot {
    return name === 'sam' ? this.sam : this.counter
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

interface ProgramPorts extends ReaderPorts {
  readonly life: Life
  readonly inside: (work: () => void) => void
}

class ProgramReaders implements RealReaders {
  readonly #readers: TillReaders
  readonly #life: Life
  readonly #ports: ProgramPorts
  readonly #listeners = new Set<(seen: ReadersSeen) => void>()
  readonly #open = new Set<CardConnection>()
  readonly #stop: () => void
  #seen: ReadersSeen = { readers: [], trouble: { kind: 'process-gone', detail: 'it is being started' } }
  #isClosed = false

  constructor(readers: TillReaders, ports: ProgramPorts) {
    const { life } = ports
    this.#readers = readers
    this.#life = life
    this.#ports = ports
    const soon = (): void => void ports.scheduler.after(ports.random.between(1, 30), `${ports.terminal} looks at its readers`, () => this.#look())
    this.#stop = readers.follow(soon)
    soon()
    // The service resets a card whose program is gone.
    life.atEnd(() => void this.#drop())
  }

  get seen(): ReadersSeen {
    return this.#seen
  }

  onChange(listener: (seen: ReadersSeen) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  find(asked: string): SeenReader | ReaderTrouble {
    return findReader(this.#seen, asked)
  }

  reader(asked: string): CardReader {
    return { name: asked, connect: () => this.#life.heard(this.#connect(asked)) }
  }

  close(): Promise<void> {
    return this.#drop()
  }

  async #drop(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#stop()
    this.#listeners.clear()
    for (const connection of this.#open) await connection.disconnect()
  }

  #look(): void {
    if (this.#isClosed) return
    this.#seen = this.#readers.seen
    for (const listener of this.#listeners) this.#ports.inside(() => listener(this.#seen))
  }

  async #connect(asked: string): Promise<Result<CardConnection, ConnectFailure>> {
    const { scheduler, random, terminal } = this.#ports
    await scheduler.sleep(random.between(CONNECT_MS.least, CONNECT_MS.most), `${terminal} ${asked} is powered up`)
    const found = this.#isClosed ? GONE : this.#now(asked)
    if ('kind' in found) return refuse({ kind: 'reader-fault', detail: found.kind, trouble: found })
    const slot = this.#readers.slotOf(found.name)
    if (slot.isHeld) return refuse({ kind: 'reader-fault', detail: 'held-by-other', trouble: { kind: 'held-by-other', reader: found.name } })
    const connected = await slot.reader.connect()
    return connected.ok ? ok(this.#connection(slot, connected.value)) : connected
  }

  /** As it is, and not as it was last heard. */
  #now(asked: string): SeenReader | ReaderTrouble {
    this.#seen = this.#readers.seen
    return this.find(asked)
  }

  #connection(slot: Slot, connection: CardConnection): CardConnection {
    this.#open.add(connection)
    return {
      get atr() {
        return connection.atr
      },
      transmit: (command) => this.#life.heard(this.#whole(slot, () => slot.exchange(connection, command))),
      reset: () => this.#life.heard(this.#whole(slot, () => connection.reset())),
      disconnect: async () => {
        this.#open.delete(connection)
        await connection.disconnect()
      }
    }
  }

  async #whole(slot: Slot, work: () => Promise<Exchanged>): Promise<Exchanged> {
    this.#life.check()
    const found = this.#isClosed ? GONE : this.#readers.seen.trouble
    if (found !== undefined) return refuse({ kind: 'reader-fault', detail: found.kind })
    return slot.isHeld ? refuse({ kind: 'card-reset' }) : work()
  }
}

const GONE: ReaderTrouble = { kind: 'process-gone', detail: 'it was ended' }
