/** The lines of the prescription, and how much of each the bill hands over. */

import type { AskedItem, PrescribedLine, Prescription } from './question.ts'

export interface Prescribed {
  readonly line: PrescribedLine
  /** Ten-thousandths of a unit, of every line of the bill that fills it. */
  handedOver: number
}

export class PrescriptionIndex {
  readonly prescription: Prescription
  readonly #byCode = new Map<string, Prescribed>()
  #byGeneric: Map<string, Prescribed> | undefined

  constructor(prescription: Prescription) {
    this.prescription = prescription
    for (const line of prescription.lines) {
      if (line.code !== undefined && !this.#byCode.has(line.code)) this.#byCode.set(line.code, { line, handedOver: 0 })
    }
  }

  /** A paper one may come without its lines: nobody typed them. */
  get hasLines(): boolean {
    return this.prescription.lines.length > 0
  }

  /** The line that the item fills, by code, else any drug of the substance; the item is counted to it. */
  fill({ quantity, item: { code, generic } }: AskedItem): Prescribed | undefined {
    const prescribed = this.#lineOf(code, generic)
    if (prescribed !== undefined) prescribed.handedOver += quantity
    return prescribed
  }

  #lineOf(code: string, generic: string | undefined): Prescribed | undefined {
    return this.#byCode.get(code) ?? (generic === undefined ? undefined : this.#ofGeneric(generic))
  }

  #ofGeneric(generic: string): Prescribed | undefined {
    this.#byGeneric ??= this.#generics()
    return this.#byGeneric.get(generic)
  }

  #generics(): Map<string, Prescribed> {
    const generics = new Map<string, Prescribed>()
    for (const line of this.prescription.lines) {
      if (generics.has(line.generic)) continue
      const ofCode = line.code === undefined ? undefined : this.#byCode.get(line.code)
      generics.set(line.generic, ofCode?.line === line ? ofCode : { line, handedOver: 0 })
    }
    return generics
  }
}
