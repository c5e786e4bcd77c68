/** A node of the input after its fields have been checked: what is absent reads as empty. */

import { invariant } from '../../../../base/invariant.ts'
import { parseFen, type Fen } from '../../../money/fen.ts'
import { textOf } from '../profile/field-rule.ts'

export class Fields {
  readonly document: Readonly<Record<string, unknown>>
  /** "feedetail[2]." in front of a field's name. */
  readonly path: string

  constructor(document: Readonly<Record<string, unknown>>, path: string) {
    this.document = document
    this.path = path
  }

  /** '' when it was not sent. */
  text(field: string): string {
    return Object.hasOwn(this.document, field) ? (textOf(this.document[field]) ?? '') : ''
  }

  raw(field: string): unknown {
    return Object.hasOwn(this.document, field) ? this.document[field] : undefined
  }

  /** A checked N16,2; 0 when it was not sent. */
  amount(field: string): Fen {
    const text = decimal(this.text(field))
    const amount = parseFen(text === '' ? '0' : text)
    invariant(amount !== undefined, `${field} was checked as an amount`)
    return amount
  }

  /** A decimal without zeros that say nothing. */
  number(field: string): string {
    return decimal(this.text(field))
  }
}

/** "0012.500000" is "12.5". */
function decimal(text: string): string {
  const match = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(text)
  if (match === null) return text
  const [, sign = '', whole = '', fraction = ''] = match
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

export class CheckedInput {
  readonly #nodes: ReadonlyMap<string, readonly Fields[]>

  constructor(nodes: ReadonlyMap<string, readonly Fields[]>) {
    this.#nodes = nodes
  }

  node(name: string): Fields {
    const [first] = this.#nodes.get(name) ?? []
    invariant(first !== undefined, `node ${name} was not checked`)
    return first
  }

  list(name: string): readonly Fields[] {
    return this.#nodes.get(name) ?? []
  }
}
