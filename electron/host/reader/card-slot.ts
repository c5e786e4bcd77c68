/**
 * The slot of the simulated reader: what is in it, how fast it answers, what a tester has armed. A card that loses power
 * inside a command leaves the slot as one that was pulled out.
 *
 *   insert -> presence 1 -> remove -> presence none -> insert -> presence 2 ...
 */

import { ok, type Result } from '../../../base/result.ts'
import type { Chip } from '../../../card/chip/chip.ts'
import type { Fault } from '../../../card/channel/fault.ts'
import { PowerLost, type Entropy } from '../../../card/ports.ts'
import type { CardReader } from '../../../card/reader/card-reader.ts'
import { PBOC, SSC_LB002 } from '../../../card/session/purse-commands.ts'
import { VirtualReader } from '../../../card/reader/virtual/virtual-reader.ts'
import type { FaultKind, ReaderPace } from '../../contract/reader-view.ts'
import type { ChipFile, ChipFileRefusal } from '../chip-file.ts'
import type { FaultPoint } from '../fault-point.ts'
import { openCardFile } from '../terminal-hardware.ts'
import { observedReader, type ExchangeObserver } from './observed-reader.ts'

/** The commands that move money, in either purse dialect: DEBIT FOR PURCHASE, and CREDIT FOR LOAD the other way. */
const DEBIT: readonly number[] = [
  SSC_LB002.debitForPurchase.ins,
  PBOC.debitForPurchase.ins,
  SSC_LB002.creditForLoad.ins,
  PBOC.creditForLoad.ins
]
/** The journal's body is on the card, its mark is not: the next supply finds nothing to carry out. */
const CUT_BEFORE_WRITE = 2

/** ms from command to answer: a contact card at 9600 baud takes some 20 for a short one. */
const PACE_MS: Readonly<Record<ReaderPace, number>> = { instant: 0, card: 20, slow: 400 }

const FAULTS: Readonly<Record<Exclude<FaultKind, 'cut-in-debit'>, Fault>> = {
  mute: { effect: 'mute', occurrence: 1 },
  'lose-answer': { effect: 'lose-answer', occurrence: 1 },
  truncate: { effect: 'truncate', occurrence: 1 },
  'foreign-reset': { effect: 'reset-before', occurrence: 1 },
  'remove-before-debit': { effect: 'remove-before', instruction: DEBIT, occurrence: 1 },
  'remove-after-debit': { effect: 'remove-after', instruction: DEBIT, occurrence: 1 },
  'lose-debit-answer': { effect: 'lose-answer', instruction: DEBIT, occurrence: 1 }
}

export interface SlotPorts {
  readonly entropy: Entropy
  readonly faultPoint: FaultPoint
  readonly sleep: (ms: number) => Promise<void>
  /** The slot was filled or emptied. */
  readonly changed: () => void
  readonly trace: ExchangeObserver['after']
}

interface Inserted {
  readonly id: string
  readonly presence: number
  readonly file: ChipFile<Chip>
}

export class CardSlot {
  readonly reader: CardReader
  readonly #virtual = new VirtualReader('virtual reader')
  readonly #ports: SlotPorts
  #inserted: Inserted | undefined
  #insertions = 0
  #pace: ReaderPace = 'card'
  #cutArmed = false
  #writesInDebit: number | undefined
  #armed: FaultKind[] = []

  constructor(ports: SlotPorts) {
    this.#ports = ports
    this.reader = observedReader(this.#virtual, {
      before: (command) => this.#before(command),
      after: (command, answer, tookMs) => {
        this.#writesInDebit = undefined
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
    const { waiting } = this.#virtual.faults
    return this.#armed.filter((kind) => (kind === 'cut-in-debit' ? this.#cutArmed : waiting.includes(FAULTS[kind])))
  }

  /** A card that is in the slot is taken out first. */
  insert(id: string, path: string): Result<null, ChipFileRefusal> {
    if (this.#inserted !== undefined) this.remove()
    const file = openCardFile(path, this.#ports.entropy, (name) => this.#reached(name))
    if (!file.ok) return file
    this.#insertions += 1
    this.#inserted = { id, presence: this.#insertions, file: file.value }
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
    this.#armed = [...this.faults, kind]
    if (kind === 'cut-in-debit') this.#cutArmed = true
    else this.#virtual.faults.arm(FAULTS[kind])
  }

  clearFaults(): void {
    this.#armed = []
    this.#cutArmed = false
    this.#virtual.faults.clear()
  }

  async #before(command: Uint8Array): Promise<void> {
    if (this.#cutArmed && DEBIT.includes(command[1] ?? 0)) this.#writesInDebit = 0
    await this.#ports.sleep(PACE_MS[this.#pace])
  }

  /** Passed before each write into the card's memory. */
  #reached(name: string): void {
    this.#ports.faultPoint(name)
    if (this.#writesInDebit === undefined) return
    this.#writesInDebit += 1
    if (this.#writesInDebit < CUT_BEFORE_WRITE) return
    this.#writesInDebit = undefined
    this.#cutArmed = false
    throw new PowerLost('the card lost its supply while it wrote the debit, or the load')
  }

  #noticeLoss(): void {
    if (this.#inserted !== undefined && !this.#virtual.occupied) this.#emptied()
  }

  #emptied(): void {
    this.#inserted?.file.close()
    this.#inserted = undefined
    this.#writesInDebit = undefined
    this.#ports.changed()
  }
}
