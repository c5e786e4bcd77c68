/** The cells of one row, each read by its rule. The first that breaks its rule is the row's problem; nothing is repaired. */

import { parseDate } from '../../calendar/business-date.ts'
import { parsePrice, parseQuantity } from '../../money/price.ts'
import { parseRatio } from '../../money/ratio.ts'

export interface CellProblem {
  readonly column: string
  readonly value: string
  readonly rule: string
}

/** Names a column in a problem and finds its cell: "58 lmt_used_flag" in a file of columns, "lmt_used_flag" in JSON. */
export type CellOf = (column: string) => string

const CONTROLS = /\p{Cc}/u
const PRICE_MAX = 1e15
const QUANTITY_MAX = 1e12

export class RowCheck {
  readonly #cell: CellOf
  #problem: CellProblem | undefined

  constructor(cell: CellOf) {
    this.#cell = cell
  }

  get problem(): CellProblem | undefined {
    return this.#problem
  }

  refuse(column: string, rule: string): void {
    this.#problem ??= { column, value: this.#cell(column), rule }
  }

  text(column: string, lengthMax: number): string {
    const text = this.#cell(column)
    if (text === '') this.refuse(column, 'this column is required')
    else this.#checkText(column, text, lengthMax)
    return text
  }

  optional(column: string, lengthMax: number): string | undefined {
    const text = this.#cell(column)
    if (text === '') return undefined
    this.#checkText(column, text, lengthMax)
    return text
  }

  /** A time is cut to its day. */
  day(column: string): string | undefined {
    const text = this.#cell(column)
    if (text === '') return undefined
    const day = DAY_OR_TIME.test(text) ? parseDate(text.slice(0, 10)) : undefined
    if (day === undefined) this.refuse(column, 'must be a day "YYYY-MM-DD" or a time "YYYY-MM-DD HH:mm:ss"')
    return day
  }

  oneOf<Code>(column: string, codes: Readonly<Record<string, Code>>): Code | undefined {
    const text = this.#cell(column)
    if (text === '') return undefined
    if (Object.hasOwn(codes, text)) return codes[text]
    this.refuse(column, `must be one of ${Object.keys(codes).join(', ')}`)
    return undefined
  }

  flag(column: string): '0' | '1' | undefined {
    return this.oneOf(column, FLAGS)
  }

  price(column: string): string | undefined {
    return this.#decimal(column, (text) => (parsePrice(text) ?? Infinity) <= PRICE_MAX, 'must be a price in yuan from 0 on, at most 6 places')
  }

  ratio(column: string): string | undefined {
    return this.#decimal(column, (text) => parseRatio(text) !== undefined, 'must be a share from 0 to 1, at most 4 places')
  }

  quantity(column: string): string | undefined {
    return this.#decimal(column, isQuantity, 'must be a quantity above 0, at most 4 places')
  }

  /** Both days belong to the period. */
  period(first: string, last: string): { readonly from: string | undefined; readonly to: string | undefined } {
    const [from, to] = [this.day(first), this.day(last)]
    if (from !== undefined && to !== undefined && to < from) this.refuse(last, `must not lie before its first day ${from}`)
    return { from, to: to === undefined || to >= OPEN_END ? undefined : to }
  }

  #decimal(column: string, holds: (text: string) => boolean, rule: string): string | undefined {
    const text = this.#cell(column)
    if (text === '') return undefined
    if (!holds(text)) this.refuse(column, rule)
    return text
  }

  #checkText(column: string, text: string, lengthMax: number): void {
    if (text.length > lengthMax) this.refuse(column, `must have at most ${lengthMax} characters`)
    else if (CONTROLS.test(text)) this.refuse(column, 'must not contain control characters')
  }
}

function isQuantity(text: string): boolean {
  const quantity = parseQuantity(text)
  return quantity !== undefined && quantity > 0 && quantity <= QUANTITY_MAX
}

const DAY_OR_TIME = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/
const FLAGS = { '0': '0', '1': '1' } as const
/** Days from here on stand for "without end" (2099-12-31, 9999-12-31). */
const OPEN_END = '2099-12-31'
