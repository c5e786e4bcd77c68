/** The lines of the prescription by the drugs of the bill that fill them, and how much of each the bill hands over. */

import type { AskedItem, Prescription } from './question.ts'
import type { Drug, Prescribed, Standing } from './standing.ts'

export class PrescriptionIndex {
  readonly prescription: Prescription
  readonly #standing: Standing
  #byGeneric: Map<string, Prescribed> | undefined

  constructor(prescription: Prescription, standing: Standing) {
    this.prescription = prescription
    this.#standing = standing
    for (const line of prescription.lines) {
      if (line.code !== undefined) standing.drug(line.code).prescribed ??= { line, handedOver: 0 }
    }
  }

  /** A paper one may come without its lines: nobody typed them. */
  get hasLines(): boolean {
    return this.prescription.lines.length > 0
  }

  /** The line that the item fills, by code, else any drug of the substance; the item is counted to it. */
  fill(drug: Drug, { quantity, item: { generic } }: AskedItem): Prescribed | undefined {
    const prescribed = drug.prescribed ?? (generic === undefined ? undefined : this.#ofGeneric(generic))
    if (prescribed !== undefined) prescribed.handedOver += quantity
    return prescribed
  }

  #ofGeneric(generic: string): Prescribed | undefined {
    this.#byGeneric ??= this.#generics()
    return this.#byGeneric.get(generic)
  }

  #generics(): Map<string, Prescribed> {
    const generics = new Map<string, Prescribed>()
    for (const line of this.prescription.lines) {
      if (generics.has(line.generic)) continue
      const ofCode = line.code === undefined ? undefined : this.#standing.drug(line.code).prescribed
      generics.set(line.generic, ofCode?.line === line ? ofCode : { line, handedOver: 0 })
    }
    return generics
  }
}
