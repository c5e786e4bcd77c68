/**
 * Follows every reader and slot, for as long as the process lives: which are there, what lies in them, and what is broken when
 * nothing can be seen. After a fault it begins anew, twice a second, so that what mends is seen within a second.
 */

import { toHex } from '../../card/bytes/hex.ts'
import { pause, type Delay } from '../../card/reader/pcsc/delay.ts'
import type { PcscContext, PcscFailure, PcscModule, ReaderStatus } from '../../card/reader/pcsc/pcsc-module.ts'
import type { TroubleSystem } from '../../card/reader/pcsc/reader-trouble.ts'
import { troubleOf } from '../../card/reader/pcsc/trouble-of.ts'
import type { ReadersSeen, SeenReader } from './real-readers.ts'

/** macOS does not tell of a reader that comes; elsewhere this only guards against news that got lost. */
export const LOOK_AGAIN_MS = 1_000
export const BEGIN_AGAIN_MS = 500
/** A service that wakes us for nothing must not keep a processor busy. */
const IDLE_MS = 50

export interface WatchParts {
  readonly module: PcscModule
  readonly delay: Delay
  readonly system: TroubleSystem
  readonly isServiceInstalled: () => boolean
  /** After every change. */
  readonly tell: (seen: ReadersSeen) => void
}

export interface Watch {
  stop(): void
}

export function watchReaders(parts: WatchParts): Watch {
  const watching = new Watching(parts)
  void watching.run()
  return watching
}

class Watching implements Watch {
  readonly #parts: WatchParts
  #isStopped = false
  #context: PcscContext | undefined
  #told = ''

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  stop(): void {
    this.#isStopped = true
    this.#context?.cancel()
  }

  async run(): Promise<void> {
    const { module, delay } = this.#parts
    while (!this.#isStopped) {
      const established = await module.establish()
      const failure = established.ok ? await this.#follow(established.value) : established.error
      if (this.#isStopped) break
      if (failure !== undefined) this.#tellTrouble(failure)
      await pause(delay, BEGIN_AGAIN_MS)
    }
  }

  /** Until something fails. */
  async #follow(context: PcscContext): Promise<PcscFailure | undefined> {
    this.#context = context
    try {
      while (!this.#isStopped) {
        const readers = await context.readers()
        if (!readers.ok) return readers.error
        const isNews = this.#tell({ readers: readers.value.map(seenOf), trouble: readers.value.length === 0 ? { kind: 'no-reader' } : undefined })
        if (!isNews) await pause(this.#parts.delay, IDLE_MS)
        if (this.#isStopped) break
        const waited = await context.waitForChange(readers.value, LOOK_AGAIN_MS)
        if (!waited.ok) return waited.error
      }
      return undefined
    } finally {
      this.#context = undefined
      context.release()
    }
  }

  #tellTrouble(failure: PcscFailure): void {
    const { system, isServiceInstalled } = this.#parts
    this.#tell({ readers: [], trouble: troubleOf(failure, { reader: '', system, serviceInstalled: isServiceInstalled() }) })
  }

  /** Whether it was news. */
  #tell(seen: ReadersSeen): boolean {
    const text = JSON.stringify(seen)
    if (text === this.#told) return false
    this.#told = text
    this.#parts.tell(seen)
    return true
  }
}

function seenOf({ name, state, present, mute, exclusive, atr }: ReaderStatus): SeenReader {
  const insertions = state >>> 16
  if (!present) return { name, card: 'empty', atr: undefined, insertions }
  // A transaction is not a hold for itself: only another program connects that way.
  if (exclusive) return { name, card: 'held', atr: atr === undefined ? undefined : toHex(atr), insertions }
  if (mute || atr === undefined) return { name, card: 'mute', atr: undefined, insertions }
  return { name, card: 'present', atr: toHex(atr), insertions }
}
