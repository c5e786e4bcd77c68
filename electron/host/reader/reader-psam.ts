/**
 * A PSAM in a SAM slot or in a reader of its own. It is opened when it comes, so that the window can say what is wrong before a
 * patient stands there, and anew when it has come back, was reset, or has not answered.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CardChannel } from '../../../card/channel/card-channel.ts'
import { SerialQueue } from '../../../card/channel/serial-queue.ts'
import { openPsam, type PsamSession } from '../../../card/psam/psam-session.ts'
import type { CardConnection, CardReader } from '../../../card/reader/card-reader.ts'
import type { ReadersSeen, RealReaders, SeenReader } from '../../reader/real-readers.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { PsamTrouble } from './psam-trouble.ts'
import type { Psams } from './psams.ts'
import { isStarting } from './real-slot.ts'

export interface ReaderPsamPorts {
  readonly readers: RealReaders
  /** Part of a reader's name. */
  readonly asked: string
  /** Looks at what passes. */
  readonly wrap: (reader: CardReader) => CardReader
  /** It came, left, or something broke or is whole again. */
  readonly changed: () => void
}

interface Opened {
  readonly session: PsamSession
  readonly connection: CardConnection
  /** The chip stopped answering, or somebody reset it: keys and selection are gone. */
  isLost: boolean
}

export class ReaderPsam implements Psams {
  readonly #ports: ReaderPsamPorts
  readonly #queue = new SerialQueue()
  readonly #stop: () => void
  #opened: Opened | undefined
  #trouble: PsamTrouble | undefined
  /** What lay in the reader when it was looked at last: only a change of it is news. */
  #seen: string | undefined
  #isClosed = false

  constructor(ports: ReaderPsamPorts) {
    this.#ports = ports
    this.#stop = ports.readers.onChange((seen) => this.#look(seen))
    if (!isStarting(ports.readers.seen)) this.#look(ports.readers.seen)
  }

  get terminalNumbers(): readonly string[] {
    return this.#opened === undefined ? [] : [this.#opened.session.terminalNumber]
  }

  get trouble(): PsamTrouble | undefined {
    return this.#trouble
  }

  /** One PSAM, whatever the card's cipher: a key that it does not have, it says itself. */
  async psamFor(): Promise<Result<PsamSession, CounterRefusal>> {
    if (this.#opened === undefined || this.#opened.isLost) await this.#open()
    return this.#opened === undefined
      ? refuse({ kind: 'psam-not-ready', trouble: this.#trouble ?? { kind: 'psam-slot-empty', reader: this.#ports.asked } })
      : ok(this.#opened.session)
  }

  close(): void {
    this.#isClosed = true
    this.#stop()
    void this.#drop()
  }

  #look({ trouble, readers }: ReadersSeen): void {
    const found = trouble ?? (readers.length === 0 ? undefined : this.#ports.readers.find(this.#ports.asked))
    const now = JSON.stringify(found === undefined || 'kind' in found ? found : [found.name, found.card, found.atr, found.insertions])
    if (now === this.#seen) return
    this.#seen = now
    void this.#open()
  }

  /** Whatever was open before is not any more. */
  async #open(): Promise<void> {
    await this.#queue.run(async () => {
      await this.#drop()
      const opened = await this.#attempt()
      if (this.#isClosed && opened.ok) {
        await opened.value.connection.disconnect()
        return
      }
      this.#opened = opened.ok ? opened.value : undefined
      this.#trouble = opened.ok ? undefined : opened.error
    })
    if (!this.#isClosed) this.#ports.changed()
  }

  async #attempt(): Promise<Result<Opened, PsamTrouble | undefined>> {
    const { readers, asked, wrap } = this.#ports
    const { trouble } = readers.seen
    if (trouble !== undefined) return refuse({ kind: 'psam-reader', trouble })
    if (readers.seen.readers.length === 0) return refuse(undefined)
    const found = readers.find(asked)
    if ('kind' in found) return refuse({ kind: 'psam-reader', trouble: found })
    const empty = nothingIn(found)
    if (empty !== undefined) return refuse(empty)
    const connected = await wrap(readers.reader(found.name)).connect()
    if (!connected.ok) {
      const { error } = connected
      if (error.kind === 'no-card') return refuse({ kind: 'psam-slot-empty', reader: found.name })
      if (error.kind === 'mute-card') return refuse({ kind: 'psam-mute', reader: found.name })
      return refuse({ kind: 'psam-reader', trouble: error.trouble ?? { kind: 'protocol-fault', reader: found.name, detail: error.detail } })
    }
    return openedOn(connected.value, found)
  }

  async #drop(): Promise<void> {
    const opened = this.#opened
    this.#opened = undefined
    await opened?.connection.disconnect()
  }
}

function nothingIn({ card, name }: SeenReader): PsamTrouble | undefined {
  if (card === 'empty') return { kind: 'psam-slot-empty', reader: name }
  if (card === 'mute') return { kind: 'psam-mute', reader: name }
  return card === 'held' ? { kind: 'psam-reader', trouble: { kind: 'held-by-other', reader: name } } : undefined
}

async function openedOn(connection: CardConnection, { name }: SeenReader): Promise<Result<Opened, PsamTrouble>> {
  const standing = { isLost: false }
  const channel: CardChannel = {
    transmit: async (command) => {
      const answer = await connection.transmit(command)
      if (!answer.ok) standing.isLost = true
      return answer
    }
  }
  const session = await openPsam(channel)
  if (session.ok) return ok(Object.assign(standing, { session: session.value, connection }))
  await connection.disconnect()
  return refuse({ kind: 'psam-not-opened', reader: name, refusal: session.error })
}
