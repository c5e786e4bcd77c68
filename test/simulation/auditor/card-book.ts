/** One card: what it held in the beginning, and every transaction that its memory has told of since. */

import { isAlike, readChip, UnreadableImage, type ChipLine, type ChipState } from './chip-image.ts'
import type { Findings } from './failure.ts'

/** A transaction whose line was gone from the log before anybody looked. */
export interface Unseen {
  readonly kind: 'unseen'
}

export class CardBook {
  /** Short, for reports. */
  readonly name: string
  readonly opening: ChipState | undefined
  state: ChipState | undefined
  /** By the serial number before. */
  readonly debits = new Map<number, ChipLine | Unseen>()
  readonly loads = new Map<number, ChipLine | Unseen>()
  /** TAC of a debit or a load, for as long as the card has shown it: by kind and serial. */
  readonly tacs = new Map<string, string>()
  /** Serials of debits by other programs. */
  readonly foreign = new Set<number>()
  #image: Uint8Array
  readonly #findings: Findings

  constructor(name: string, image: Uint8Array, findings: Findings) {
    this.name = name
    this.#findings = findings
    this.#image = image
    this.opening = this.#read(image)
    this.state = this.opening
  }

  /** Whether anything of it is another than before. */
  look(image: Uint8Array): boolean {
    if (isAlike(this.#image, image)) return false
    this.#image = image
    const before = this.state
    const state = this.#read(image)
    if (state === undefined || before === undefined) return false
    this.state = state
    this.#take('debit', before.purchaseSerial, state.purchaseSerial)
    this.#take('load', before.loadSerial, state.loadSerial)
    if (state.proof !== undefined) this.tacs.set(`${state.proof.kind} ${state.proof.serialBefore}`, state.proof.tac)
    return true
  }

  #take(kind: 'debit' | 'load', from: number, to: number): void {
    this.#findings.expect('card-counters', to >= from, () => `${this.name}: the serial number of its ${kind}s fell from ${from} to ${to}`)
    const lines = kind === 'debit' ? this.debits : this.loads
    for (let serial = from; serial < to; serial += 1) {
      const line = this.state?.log.find((candidate) => candidate.kind === kind && candidate.serial === serial)
      lines.set(serial, line ?? { kind: 'unseen' })
    }
  }

  #read(image: Uint8Array): ChipState | undefined {
    this.#findings.looks('image-readable')
    try {
      return readChip(image)
    } catch (cause) {
      if (!(cause instanceof UnreadableImage)) throw cause
      this.#findings.broken('image-readable', `${this.name}: ${cause.message}`)
      return undefined
    }
  }
}
