/**
 * The readers of this computer, through a process of their own. A run that dies is followed by the next, at first at once, then
 * less and less soon, never later than a second: what mends is seen within two.
 */

import { ok, refuse } from '../../base/result.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import { findReader } from './find-reader.ts'
import type { ReaderTrouble } from '../../card/reader/pcsc/reader-trouble.ts'
import type { Timer } from '../supervisor/timer.ts'
import type { StartReaderLink } from './reader-link.ts'
import { ReaderRun } from './reader-run.ts'
import type { ReadersSeen, RealReaders, SeenReader } from './real-readers.ts'
import { RemoteReader, type FindReader } from './remote-reader.ts'

export interface RealReaderParts {
  readonly start: StartReaderLink
  readonly timer: Timer
}

const FIRST_PAUSE_MS = 50
const PAUSE_MS_MAX = 1_000
/** A run that lasted so long was well; the next that dies is the first again. */
const WELL_AFTER_MS = 10_000
/** A process that has just been started has not looked yet. */
const FIRST_LOOK_MS = 3_000

export const openRealReaders = (parts: RealReaderParts): RealReaders => new ReaderProcess(parts)

const STARTING: ReaderTrouble = { kind: 'process-gone', detail: 'it is being started' }

class ReaderProcess implements RealReaders {
  readonly #parts: RealReaderParts
  readonly #listeners = new Set<(seen: ReadersSeen) => void>()
  readonly #whenLooked = new Set<() => void>()
  #run: ReaderRun
  #hasLooked = false
  #isClosed = false
  #closed: (() => void) | undefined
  #deaths = 0
  #cancelRestart: (() => void) | undefined
  #seen: ReadersSeen = { readers: [], trouble: STARTING }

  constructor(parts: RealReaderParts) {
    this.#parts = parts
    this.#run = this.#start()
  }

  get seen(): ReadersSeen {
    return this.#seen
  }

  onChange(listener: (seen: ReadersSeen) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  reader(asked: string): CardReader {
    const find: FindReader = async () => {
      await this.#firstLook()
      const found = this.find(asked)
      return 'kind' in found ? refuse(found) : ok({ run: this.#run, name: found.name })
    }
    return new RemoteReader(asked, find)
  }

  find(asked: string): SeenReader | ReaderTrouble {
    return findReader(this.#seen, asked)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#cancelRestart?.()
    this.#listeners.clear()
    if (this.#run.hasEnded) return
    await new Promise<void>((resolve) => {
      this.#closed = resolve
      this.#run.kill()
    })
  }

  #start(): ReaderRun {
    const { start, timer } = this.#parts
    const begun = timer.now()
    return new ReaderRun(start, timer, {
      seen: (seen) => this.#look(seen),
      ended: (reason) => this.#ended(reason, timer.now() - begun)
    })
  }

  #ended(reason: string, lastedMs: number): void {
    this.#closed?.()
    if (this.#isClosed) return
    this.#deaths = lastedMs >= WELL_AFTER_MS ? 1 : this.#deaths + 1
    this.#hasLooked = false
    this.#tell({ readers: [], trouble: { kind: 'process-gone', detail: reason } })
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (this.#deaths - 1), PAUSE_MS_MAX)
    this.#cancelRestart = this.#parts.timer.after(pauseMs, () => {
      this.#run = this.#start()
    })
  }

  #look(seen: ReadersSeen): void {
    this.#hasLooked = true
    this.#tell(seen)
    for (const looked of this.#whenLooked) looked()
  }

  #tell(seen: ReadersSeen): void {
    this.#seen = seen
    for (const listener of this.#listeners) listener(seen)
  }

  /** A process that has not looked knows no reader; whoever asks in that moment waits for its first look. */
  #firstLook(): Promise<void> {
    if (this.#hasLooked || this.#isClosed) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        cancel()
        this.#whenLooked.delete(done)
        resolve()
      }
      const cancel = this.#parts.timer.after(FIRST_LOOK_MS, done)
      this.#whenLooked.add(done)
    })
  }
}
