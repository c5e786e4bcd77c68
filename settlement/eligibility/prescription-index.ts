/** The lines of the prescription, and how much of each the bill hands over. */

import type { BillLine } from './bill-index.ts'
import type { ItemFacts, PrescribedLine, Prescription } from './question.ts'

export class PrescriptionIndex {
  readonly prescription: Prescription
  readonly #byCode = new Map<string, PrescribedLine>()
  readonly #byGeneric = new Map<string, PrescribedLine>()
  readonly #handedOver = new Map<PrescribedLine, number>()

  constructor(prescription: Prescription, lines: readonly BillLine[]) {
    this.prescription = prescription
    for (const line of prescription.lines) {
      if (line.code !== undefined && !this.#byCode.has(line.code)) this.#byCode.set(line.code, line)
      if (!this.#byGeneric.has(line.generic)) this.#byGeneric.set(line.generic, line)
    }
    for (const { item } of lines) {
      const line = this.lineOf(item.item)
      if (line !== undefined) this.#handedOver.set(line, (this.#handedOver.get(line) ?? 0) + item.quantity)
    }
  }

  /** A paper one may come without its lines: nobody typed them. */
  get hasLines(): boolean {
    return this.prescription.lines.length > 0
  }

  /** The line that the item fills: by code, else any drug of the substance. */
  lineOf({ code, generic }: ItemFacts): PrescribedLine | undefined {
    return this.#byCode.get(code) ?? (generic === undefined ? undefined : this.#byGeneric.get(generic))
  }

  /** Ten-thousandths of a unit, of every line of the bill that fills it. */
  handedOver(line: PrescribedLine): number {
    return this.#handedOver.get(line) ?? 0
  }
}
