/**
 * The slot of the simulated reader: what is in it, how fast it answers, what a tester has armed. A card that loses power
 * inside a command leaves the slot as one that was pulled out.
 */

import { ok, type Result } from '../../../base/result.ts'
import type { Chip } from '../../../card/chip/chip.ts'
import type { Entropy } from '../../../card/ports.ts'
import type { CardReader } from '../../../card/reader/card-reader.ts'
import { VirtualReader } from '../../../card/reader/virtual/virtual-reader.ts'
import type { FaultKind, ReaderPace } from '../../contract/reader-view.ts'
import type { ChipFile, ChipFileRefusal } from '../chip-file.ts'
import type { FaultPoint } from '../fault-point.ts'
import { openCardFile } from '../terminal-hardware.ts'
import type { CardSlot, CountPresence } from './card-slot.ts'
import { observedReader, type ExchangeObserver } from './observed-reader.ts'
import { SlotFaults } from './slot-faults.ts'

/** ms from command to answer: a contact card at 9600 baud takes some 20 for a short one. */
const PACE_MS: Readonly<Record<ReaderPace, number>> = { instant: 0, card: 20, slow: 400 }

export interface SimulatedSlotPorts {
  readonly entropy: Entropy
  readonly faultPoint: FaultPoint
  readonly sleep: (ms: number) => Promise<void>
  readonly countPresence: CountPresence
  /** The slot was filled or emptied. */
  readonly changed: () => void
  readonly trace: ExchangeObserver['after']
  readonly now: ExchangeObserver['now']
}

interface Inserted {
  readonly id: string
  readonly presence: number
  readonly file: ChipFile<Chip>
}

export class SimulatedSlot implements CardSlot {
  readonly reader: CardReader
  readonly isShared = false
  readonly trouble = undefined
  readonly #virtual = new VirtualReader('virtual reader')
  // This terminal asks once more for an answer that is lost.
  readonly #faults = new SlotFaults(this.#virtual.faults, 2)
  readonly #ports: SimulatedSlotPorts
  #inserted: Inserted | undefined
  #pace: ReaderPace = 'card'

  constructor(ports: SimulatedSlotPorts) {
    this.#ports = ports
    this.reader = observedReader(this.#virtual, {
      now: ports.now,
      before: (command) => this.#before(command),
      after: (command, answer, tookMs) => {
        this.#faults.end()
        ports.trace(command, answer, tookMs)
        this.#noticeLoss()
      }
    })
  }

  /** Tray card in the slot. */
  get holds(): string | undefined {
    return this.#inserted?.id
  }

  get presence(): number | undefined {
    return this.#inserted?.presence
  }

  get pace(): ReaderPace {
    return this.#pace
  }

  set pace(pace: ReaderPace) {
    this.#pace = pace
  }

  /** Armed and not struck yet. */
  get faults(): readonly FaultKind[] {
    return this.#faults.armed
  }

  /** A card that is in the slot is taken out first. */
  insert(id: string, path: string): Result<null, ChipFileRefusal> {
    if (this.#inserted !== undefined) this.remove()
    const file = openCardFile(path, this.#ports.entropy, (name) => this.#reached(name))
    if (!file.ok) return file
    this.#inserted = { id, presence: this.#ports.countPresence(), file: file.value }
    this.#virtual.insert(file.value.chip)
    this.#ports.changed()
    return ok(null)
  }

  remove(): void {
    if (this.#inserted === undefined) return
    this.#virtual.remove()
    this.#emptied()
  }

  arm(kind: FaultKind): void {
    this.#faults.arm(kind)
  }

  clearFaults(): void {
    this.#faults.clear()
  }

  async #before(command: Uint8Array): Promise<void> {
    this.#faults.begin(command)
    await this.#ports.sleep(PACE_MS[this.#pace])
  }

  /** Passed before each write into the card's memory. */
  #reached(name: string): void {
    this.#ports.faultPoint(name)
    this.#faults.writing()
  }

  #noticeLoss(): void {
    if (this.#inserted !== undefined && !this.#virtual.occupied) this.#emptied()
  }

  #emptied(): void {
    this.#inserted?.file.close()
    this.#inserted = undefined
    this.#faults.end()
    this.#ports.changed()
  }
}
