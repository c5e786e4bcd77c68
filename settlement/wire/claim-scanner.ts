/**
 * JSON without spaces, read where it lies. What is not plain - an escape, a sign that no text of ours has, a number in another
 * form - makes the scanner odd; whoever asks looks at that once, at the end of what it reads.
 */

import { textFromUtf8 } from '../../base/text-from-utf8.ts'
import { isText } from './plain-claim.ts'

export const SIGN = { quote: 0x22, comma: 0x2c, object: 0x7b, objectEnd: 0x7d, list: 0x5b, listEnd: 0x5d } as const

const QUOTE = 0x22
const MINUS = 0x2d
const POINT = 0x2e
const ZERO_DIGIT = 0x30
const BACKSLASH = 0x5c
const SPACE = 0x20
const DELETE = 0x7f

export class ClaimScanner {
  readonly #bytes: Buffer
  /** The same, a character a byte: a plain text is a slice of it. */
  readonly #characters: string
  #at = 0
  #isOdd = false

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#characters = bytes.toString('latin1')
  }

  /** Nothing that was read counts then. */
  get isOdd(): boolean {
    return this.#isOdd
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  odd(): undefined {
    this.#isOdd = true
  }

  passes(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) return false
    this.#at += 1
    return true
  }

  expect(byte: number): void {
    if (!this.passes(byte)) this.#isOdd = true
  }

  /** Which of `marks` comes, passed; -1 for none. `order`: what came at each place in the object before, which the next one repeats. */
  passesOneOf(marks: readonly Uint8Array[], order: number[], place: number): number {
    const expected = order[place]
    if (expected !== undefined && this.#passesMark(marks[expected])) return expected
    for (let index = 0; index < marks.length; index += 1) {
      if (!this.#passesMark(marks[index])) continue
      order[place] = index
      return index
    }
    this.#isOdd = true
    return -1
  }

  #passesMark(mark: Uint8Array | undefined): boolean {
    if (mark === undefined) return false
    const bytes = this.#bytes
    const at = this.#at
    for (let index = 0; index < mark.length; index += 1) if (bytes[at + index] !== mark[index]) return false
    this.#at = at + mark.length
    return true
  }

  /** Behind its quote, up to the other one and past it. */
  text(lengthMax: number): string {
    const bytes = this.#bytes
    const start = this.#at
    let at = start
    let isAscii = true
    for (; ; at += 1) {
      const byte = bytes[at]
      if (byte === QUOTE) break
      if (byte === undefined || byte < SPACE || byte === BACKSLASH || byte === DELETE) {
        this.#isOdd = true
        return ''
      }
      if (byte > DELETE) isAscii = false
    }
    this.#at = at + 1
    if (isAscii) {
      if (at === start || at - start > lengthMax) this.#isOdd = true
      return this.#characters.slice(start, at)
    }
    const text = textFromUtf8(bytes, start, at)
    if (text === undefined || !isText(text, lengthMax)) {
      this.#isOdd = true
      return ''
    }
    return text
  }

  /** A decimal behind its quote, past the other one, times ten to the power of `places`. */
  decimal(wholeMax: number, places: number, signed: boolean): number {
    const bytes = this.#bytes
    const isNegative = signed && bytes[this.#at] === MINUS
    const start = isNegative ? this.#at + 1 : this.#at
    let at = start
    let point = -1
    let scaled = 0
    for (; ; at += 1) {
      const byte = bytes[at] ?? 0
      const digit = byte - ZERO_DIGIT
      if (digit >= 0 && digit <= 9) scaled = scaled * 10 + digit
      else if (byte === POINT && point === -1) point = at
      else break
    }
    const whole = (point === -1 ? at : point) - start
    const fraction = point === -1 ? 0 : at - point - 1
    if (whole < 1 || whole > wholeMax || fraction > places || (point !== -1 && fraction === 0)) this.#isOdd = true
    for (let missing = places - fraction; missing > 0; missing -= 1) scaled *= 10
    this.#at = at
    this.expect(QUOTE)
    return isNegative && scaled !== 0 ? -scaled : scaled
  }

  /** A number of JSON, not a text: one digit to three, without a needless zero. */
  integer(): number {
    const start = this.#at
    let value = 0
    for (; this.#at < start + 3; this.#at += 1) {
      const digit = (this.#bytes[this.#at] ?? 0) - ZERO_DIGIT
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (this.#at === start || (this.#bytes[start] === ZERO_DIGIT && this.#at > start + 1)) this.#isOdd = true
    return value
  }

  digit(): number {
    const digit = (this.#bytes[this.#at] ?? 0) - ZERO_DIGIT
    if (digit < 0 || digit > 9) this.#isOdd = true
    this.#at += 1
    return digit
  }
}
