/**
 * The readers of a computer that is none: what a test plugs in, puts in and breaks is seen at once, in the order in which it was
 * done. Cards in them are chips in virtual readers, so that what is said of a card that leaves is what PC/SC says.
 */

import { ok, refuse } from '../../base/result.ts'
import type { PinPad, PinPadFailure } from '../../card/reader/pin-pad.ts'
import type { CardConnection, CardReader } from '../../card/reader/card-reader.ts'
import { chooseReader } from '../../card/reader/pcsc/choose-reader.ts'
import type { ReaderTrouble } from '../../card/reader/pcsc/reader-trouble.ts'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import type { ReadersSeen, RealReaders, SeenReader } from '../../electron/reader/real-readers.ts'

interface Plugged {
  readonly virtual: VirtualReader
  seen: SeenReader
}

export class ScriptedReaders implements RealReaders {
  readonly #plugged = new Map<string, Plugged>()
  readonly #listeners = new Set<(seen: ReadersSeen) => void>()
  #trouble: ReaderTrouble | undefined
  #hasLooked = false
  isClosed = false
  /** What the holder does at the keys of every reader; undefined: they have none. */
  holder: (() => string | PinPadFailure) | undefined

  get seen(): ReadersSeen {
    if (!this.#hasLooked) return { readers: [], trouble: { kind: 'process-gone', detail: 'it is being started' } }
    if (this.#trouble !== undefined) return { readers: [], trouble: this.#trouble }
    const readers = [...this.#plugged.values()].map(({ seen }) => seen)
    return { readers, trouble: readers.length === 0 ? { kind: 'no-reader' } : undefined }
  }

  onChange(listener: (seen: ReadersSeen) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  find(asked: string): SeenReader | ReaderTrouble {
    const { readers, trouble } = this.seen
    if (trouble !== undefined) return trouble
    const chosen = chooseReader(asked, readers.map(({ name }) => name))
    if (!chosen.ok) return chosen.error
    return readers.find(({ name }) => name === chosen.value) ?? { kind: 'no-reader' }
  }

  reader(asked: string): CardReader {
    return {
      name: asked,
      connect: async () => {
        const found = this.find(asked)
        if ('kind' in found) return refuse({ kind: 'reader-fault', detail: found.kind, trouble: found })
        if (found.card === 'mute') return refuse({ kind: 'mute-card' })
        const connected = await this.virtual(found.name).connect()
        return connected.ok && this.holder !== undefined ? ok(withPad(connected.value, () => this.holder?.() ?? { kind: 'pad-timeout' })) : connected
      }
    }
  }

  close(): Promise<void> {
    this.isClosed = true
    return Promise.resolve()
  }

  plug(name: string): void {
    this.#plugged.set(name, { virtual: new VirtualReader(name), seen: { name, card: 'empty', atr: undefined, insertions: 0 } })
    this.#tell()
  }

  unplug(name: string): void {
    this.virtual(name).remove()
    this.#plugged.delete(name)
    this.#tell()
  }

  insert(name: string, card: VirtualCard, atr = '3B00'): void {
    this.virtual(name).insert(card)
    this.#change(name, { card: 'present', atr, insertions: this.#of(name).seen.insertions + 1 })
  }

  remove(name: string): void {
    this.virtual(name).remove()
    this.#change(name, { card: 'empty', atr: undefined, insertions: this.#of(name).seen.insertions + 1 })
  }

  /** Another program takes the card for itself, or lets go of it. */
  hold(name: string, card: SeenReader['card']): void {
    this.#change(name, { card })
  }

  /** undefined: whole again. */
  breakWith(trouble: ReaderTrouble | undefined): void {
    this.#trouble = trouble
    if (trouble !== undefined) for (const { virtual } of this.#plugged.values()) virtual.foreignReset()
    this.#tell()
  }

  virtual(name: string): VirtualReader {
    return this.#of(name).virtual
  }

  #of(name: string): Plugged {
    const plugged = this.#plugged.get(name)
    if (plugged === undefined) throw new Error(`nobody plugged in "${name}"`)
    return plugged
  }

  #change(name: string, change: Partial<SeenReader>): void {
    const plugged = this.#of(name)
    plugged.seen = { ...plugged.seen, ...change }
    this.#tell()
  }

  #tell(): void {
    this.#hasLooked = true
    for (const listener of this.#listeners) listener(this.seen)
  }
}

/** Two digits a byte, an odd one with F: as pads and cards have it. */
function packed(digits: string): number[] {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`
  return (even.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
}

/** A reader that can verify and nothing else. */
function withPad(connection: CardConnection, typed: () => string | PinPadFailure): CardConnection {
  const pinPad: PinPad = {
    verify: async ({ header }) => {
      const digits = typed()
      if (typeof digits !== 'string') return refuse(digits)
      const data = packed(digits)
      return connection.transmit(Uint8Array.from([...header, data.length, ...data]))
    }
  }
  return {
    get atr() {
      return connection.atr
    },
    transmit: (command) => connection.transmit(command),
    reset: () => connection.reset(),
    disconnect: () => connection.disconnect(),
    pinPad
  }
}
