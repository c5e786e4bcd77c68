/**
 * A place where a chip lies, and what goes wrong between chip and program there. Physics are the virtual reader's; on top of it
 * come time and noise.
 *
 *   an exchange   |--- half of them: the chip works at the start, the answer travels ---|
 *                 |--- the others: the command travels, the chip works at the end    ---|
 *
 * so that a card that is pulled meanwhile has done it or not, and the program cannot know.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { toHex } from '../../../card/bytes/hex.ts'
import type { ChannelFailure } from '../../../card/channel/card-channel.ts'
import type { CardConnection } from '../../../card/reader/card-reader.ts'
import { VirtualReader } from '../../../card/reader/virtual/virtual-reader.ts'
import { PowerLost } from '../../../card/ports.ts'
import type { SeenReader } from '../../../electron/reader/real-readers.ts'
import type { ChipInHand } from './chips.ts'
import type { FaultBook } from './faults.ts'
import type { Observer } from './observation.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import { weightOf } from './stakes.ts'
import { COMMAND_FAULTS, type FaultKind } from './swarm.ts'

export type SlotName = 'counter' | 'sam'
export type Exchanged = Result<Uint8Array, ChannelFailure>

export interface ReaderPorts {
  readonly terminal: string
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  readonly tell: Observer
  /** A card that is torn out, or taken by somebody, is nowhere from then on. */
  readonly gone: (chip: ChipInHand) => void
  /** Another card that somebody puts into the reader in place of this one; undefined: there is none. */
  readonly otherCard: () => ChipInHand | undefined
  /** A command reaches the card. */
  readonly sent: (command: Uint8Array) => void
}

/** ms: what a T=0 exchange takes. */
const EXCHANGE_MS = { least: 8, most: 40 }
/** A card is cut within so many bytes, when nobody knows how many it writes. */
const CUT_BYTES_MAX = 220
const WRONG_STATUS: readonly number[] = [0x6f00, 0x6700, 0x6985, 0x6a82, 0x6982, 0x6981]

export class Slot {
  readonly name: SlotName
  readonly reader: VirtualReader
  readonly #ports: ReaderPorts
  readonly #changed: () => void
  #chip: ChipInHand | undefined
  #atr: string | undefined
  #insertions = 0
  #isHeld = false
  /** By class and instruction: bytes that the last such command has written. */
  readonly #writes = new Map<string, number>()

  constructor(name: SlotName, ports: ReaderPorts, changed: () => void) {
    this.name = name
    this.reader = new VirtualReader(name)
    this.#ports = ports
    this.#changed = changed
  }

  get chip(): ChipInHand | undefined {
    return this.#chip
  }

  get seen(): SeenReader {
    const card = this.#chip === undefined ? 'empty' : this.#isHeld ? 'held' : this.#atr === undefined ? 'mute' : 'present'
    return { name: this.name, card, atr: this.#chip === undefined ? undefined : this.#atr, insertions: this.#insertions }
  }

  insert(chip: ChipInHand): void {
    this.remove()
    this.#chip = chip
    chip.heard = (command, answer) => this.#heard(command, answer)
    this.#atr = answerToReset(chip)
    this.#insertions += 1
    this.reader.insert(chip)
    this.#ports.tell({ kind: 'card-in', terminal: this.#ports.terminal, card: chip.name })
    this.#changed()
  }

  remove(): ChipInHand | undefined {
    const chip = this.#chip
    if (chip === undefined) return undefined
    this.reader.remove()
    this.#left(chip)
    return chip
  }

  /** Another program has the card for itself. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return
    this.#isHeld = isHeld
    if (isHeld) this.reader.foreignReset()
    this.#changed()
  }

  get isHeld(): boolean {
    return this.#isHeld
  }

  /** One command, with all that can happen to it. */
  async exchange(connection: CardConnection, command: Uint8Array): Promise<Exchanged> {
    const { scheduler, random, faults } = this.#ports
    const fault = faults.draw(random, COMMAND_FAULTS[this.name], weightOf(command))
    const ms = random.between(EXCHANGE_MS.least, EXCHANGE_MS.most)
    if (random.below(2) === 0) {
      const answer = await this.#struck(connection, command, fault)
      const insertions = this.#insertions
      await scheduler.sleep(ms, `${this.#ports.terminal} ${this.name} answers`)
      // It was carried out: a reset, which says that nothing was sent, is what a service tells of the command after.
      return answer.ok && insertions !== this.#insertions ? refuse({ kind: this.#chip === undefined ? 'card-removed' : 'no-answer' }) : answer
    }
    await scheduler.sleep(ms, `${this.#ports.terminal} ${this.name} is asked`)
    return this.#struck(connection, command, fault)
  }

  #struck(connection: CardConnection, command: Uint8Array, fault: FaultKind | undefined): Promise<Exchanged> {
    return fault === undefined || this.#chip === undefined ? this.#passed(connection, command) : this.#strike(connection, command, fault)
  }

  async #strike(connection: CardConnection, command: Uint8Array, fault: FaultKind): Promise<Exchanged> {
    const { faults, random } = this.#ports
    const where = { terminal: this.#ports.terminal, card: this.#chip?.name }
    switch (fault) {
      case 'card-cut-inside':
      case 'psam-cut-inside':
        return this.#cutInside(connection, command, fault)
      case 'card-cut-before':
        faults.strike(fault, where)
        this.remove()
        return refuse({ kind: 'card-removed' })
      case 'card-cut-after': {
        await this.#passed(connection, command)
        faults.strike(fault, where)
        this.remove()
        return refuse({ kind: 'card-removed' })
      }
      case 'card-mute':
      case 'psam-mute':
        faults.strike(fault, where)
        return refuse({ kind: 'no-answer' })
      case 'card-lost-answer':
      case 'psam-lost-answer':
      case 'card-truncated': {
        const answer = await this.#passed(connection, command)
        faults.strike(fault, where)
        return answer.ok ? refuse({ kind: 'no-answer' }) : answer
      }
      case 'card-wrong-status': {
        const answer = await this.#passed(connection, command)
        if (!answer.ok) return answer
        faults.strike(fault, where)
        const sw = random.pick(WRONG_STATUS)
        return ok(Uint8Array.of(sw >> 8, sw & 0xff))
      }
      case 'card-foreign-reset':
      case 'psam-reset':
        faults.strike(fault, where)
        this.reader.foreignReset()
        return this.#passed(connection, command)
      case 'card-swapped':
        this.#swap(where)
        return this.#passed(connection, command)
      default:
        throw new Error(`${fault} is nothing that happens to a command`)
    }
  }

  /** A card whose supply goes is out of the reader; a PSAM sits firmly, and comes back with the supply. */
  async #cutInside(connection: CardConnection, command: Uint8Array, fault: 'card-cut-inside' | 'psam-cut-inside'): Promise<Exchanged> {
    const chip = this.#chip
    if (chip === undefined) return this.#passed(connection, command)
    const { random, faults, terminal } = this.#ports
    const before = chip.medium.written
    // Anywhere in what such a command writes: the journal, the mark behind it, the cells themselves.
    const usual = this.#writes.get(headerOf(command)) ?? CUT_BYTES_MAX
    chip.medium.cutAfter(random.below(random.pick([4, usual + 1, usual + 1, usual + 1])))
    const answer = await this.#passed(connection, command)
    const wasCut = !this.reader.occupied
    chip.medium.restorePower()
    if (!wasCut) return answer
    faults.strike(chip.medium.written === before && fault === 'card-cut-inside' ? 'card-cut-before' : fault, { terminal, card: chip.name })
    this.#left(chip)
    if (this.name === 'sam') this.insert(chip)
    return answer
  }

  #swap(where: { readonly terminal: string; readonly card: string | undefined }): void {
    const other = this.#ports.otherCard()
    if (other === undefined) return
    this.#ports.faults.strike('card-swapped', where)
    this.insert(other)
  }

  async #passed(connection: CardConnection, command: Uint8Array): Promise<Exchanged> {
    const chip = this.#chip
    const before = chip?.medium.written ?? 0
    const answer = await connection.transmit(command)
    if (answer.ok && chip !== undefined && chip === this.#chip) this.#writes.set(headerOf(command), Math.max(4, chip.medium.written - before))
    return answer
  }

  #left(chip: ChipInHand): void {
    chip.heard = undefined
    this.#chip = undefined
    this.#isHeld = false
    this.#insertions += 1
    this.#ports.tell({ kind: 'card-out', terminal: this.#ports.terminal, card: chip.name })
    this.#ports.gone(chip)
    this.#changed()
  }

  #heard(command: Uint8Array, answer: Uint8Array | undefined): void {
    const card = this.#chip?.name
    if (this.name === 'counter') this.#ports.sent(command)
    this.#ports.tell({ kind: 'card-exchange', terminal: this.#ports.terminal, slot: this.name, card, command, answer })
  }
}

/** As the service learns it when a card comes: it powers the card, and off again. undefined: it is mute. */
function answerToReset(chip: ChipInHand): string | undefined {
  try {
    const atr = chip.powerOn()
    chip.powerOff()
    return atr.length < 2 ? undefined : toHex(atr)
  } catch (cause) {
    if (!(cause instanceof PowerLost)) throw cause
    return undefined
  }
}

const headerOf = (command: Uint8Array): string => toHex(command.subarray(0, 2))
