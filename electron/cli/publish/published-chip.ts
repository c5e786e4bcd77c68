/**
 * A chip's file in a slot of the system's PC/SC: put in, taken out, with a tester's faults, as in the simulated reader's slot.
 * Its file is held while it is in, and free for another reader when it is out.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { ok, type Result } from '../../../base/result.ts'
import type { Entropy } from '../../../card/ports.ts'
import { pacedReader } from '../../../card/publish/paced-reader.ts'
import { PublishedSlot } from '../../../card/publish/published-slot.ts'
import type { CardReader, ConnectFailure } from '../../../card/reader/card-reader.ts'
import { VirtualReader } from '../../../card/reader/virtual/virtual-reader.ts'
import type { ChipFileRefusal } from '../../host/chip-file.ts'
import type { FaultPoint } from '../../host/fault-point.ts'
import { SlotFaults } from '../../host/reader/slot-faults.ts'
import { openAnyChipFile, type AnyChipFile } from '../../host/terminal-hardware.ts'
import { DriverLink, type DriverAddress, type LinkRefusal } from './driver-link.ts'

export interface InsertedChip {
  readonly kind: AnyChipFile['kind']
  readonly atr: Uint8Array
}

export type InsertRefusal = ChipFileRefusal | LinkRefusal | ConnectFailure

export interface PublishOptions {
  readonly path: string
  readonly address: DriverAddress
  /** instant: as fast as the program goes; card: no sooner than a real card. */
  readonly timing: 'instant' | 'card'
  readonly entropy: Entropy
  readonly faultPoint: FaultPoint
  /** Records what passes through a reader, of a card or of a PSAM. */
  readonly recorded: (kind: AnyChipFile['kind'], reader: CardReader) => CardReader
  readonly events: PublishEvents
}

export interface PublishEvents {
  /** The driver has it: PC/SC programs see a card. Also when it came back. */
  readonly isIn: (chip: InsertedChip) => void
  /** Torn out by a fault or by the loss of its supply; it stays out until it is put in again. */
  readonly tornOut: () => void
  /** Somebody reset it: it leaves for a moment and comes back. */
  readonly reset: () => void
  /** The daemon was stopped; the card comes back with it. */
  readonly driverGone: () => void
}

export class PublishedChip {
  readonly #options: PublishOptions
  readonly #virtual = new VirtualReader('published card')
  readonly faults = new SlotFaults(this.#virtual.faults, 1)
  readonly #reader: CardReader
  readonly #link: DriverLink
  #writes = 0
  #open: AnyChipFile | undefined
  #inserted: InsertedChip | undefined

  constructor(options: PublishOptions) {
    this.#options = options
    const faulty = withFaults(this.#virtual, this.faults)
    this.#reader = options.timing === 'instant' ? faulty : pacedReader(faulty, { sleep: (ms) => sleep(ms), writes: () => this.#writes })
    this.#link = new DriverLink(options.address, {
      joined: () => {
        if (this.#inserted !== undefined) options.events.isIn(this.#inserted)
      },
      driverGone: options.events.driverGone,
      left: () => void this.#left()
    })
  }

  get isIn(): boolean {
    return this.#inserted !== undefined
  }

  /** A chip that is in is taken out first. */
  async insert(): Promise<Result<null, InsertRefusal>> {
    this.remove()
    const { path, entropy, faultPoint } = this.#options
    const opened = openAnyChipFile(path, entropy, (name) => {
      faultPoint(name)
      this.#writes += 1
      this.faults.writing()
    })
    if (!opened.ok) return opened
    this.#open = opened.value
    this.#virtual.insert(opened.value.file.chip)
    const joined = await this.#join()
    if (!joined.ok) this.remove()
    return joined
  }

  remove(): void {
    this.#inserted = undefined
    this.#link.leave()
    this.#virtual.remove()
    this.faults.end()
    this.#open?.file.close()
    this.#open = undefined
  }

  async #join(): Promise<Result<null, LinkRefusal | ConnectFailure>> {
    const atr = await this.#atr()
    if (!atr.ok) return atr
    if (this.#open === undefined) return ok(null)
    const { kind } = this.#open
    this.#inserted = { kind, atr: atr.value }
    const reader = this.#options.recorded(kind, this.#reader)
    return this.#link.join((link) => new PublishedSlot(reader, atr.value, link))
  }

  /** The driver asks for it long before it powers the card: so it is asked once here. */
  async #atr(): Promise<Result<Uint8Array, ConnectFailure>> {
    const connected = await this.#virtual.connect()
    if (!connected.ok) return connected
    await connected.value.disconnect()
    return ok(connected.value.atr)
  }

  async #left(): Promise<void> {
    const { tornOut, reset, driverGone } = this.#options.events
    if (this.#virtual.occupied) {
      reset()
      const joined = await this.#join()
      if (!joined.ok) driverGone()
    } else {
      this.remove()
      tornOut()
    }
  }
}

/** Tells the faults of each command's beginning and end: a cut inside a debit counts its writes. */
const withFaults = (reader: CardReader, faults: SlotFaults): CardReader => ({
  name: reader.name,
  async connect() {
    const connected = await reader.connect()
    if (!connected.ok) return connected
    const connection = connected.value
    return ok({
      get atr() {
        return connection.atr
      },
      reset: () => connection.reset(),
      disconnect: () => connection.disconnect(),
      async transmit(command) {
        faults.begin(command)
        const answer = await connection.transmit(command)
        faults.end()
        return answer
      }
    })
  }
})
