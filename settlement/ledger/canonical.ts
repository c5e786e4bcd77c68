/**
 * The canonical encoding: one sequence of values has exactly one byte form, so its hash means something. No names and no
 * order to choose: values follow each other as the fact's table in README.md says, each with its type and its length.
 *
 *   absent   00
 *   integer  01, n, n bytes big-endian two's complement; n is the least that holds the value, 0 for zero, at most 7
 *   text     02, length in bytes as an integer without its type, UTF-8
 *   bytes    03, length likewise, the bytes
 *   list     04, number of items likewise, then the items
 *
 *   100.00 yuan = 01 02 27 10      "cash" = 02 01 04 63 61 73 68
 */

import { invariant } from '../../base/invariant.ts'
import { textFromUtf8 } from '../../base/text-from-utf8.ts'

export const TYPE = { absent: 0, integer: 1, text: 2, bytes: 3, list: 4 } as const

/** A number with its length takes at most 8 bytes, and its type one more. */
const INTEGER_BYTES_MAX = 9
const UTF8_BYTES_PER_UNIT_MAX = 3
const ASCII_MAX = 0x7f
const HALF_CHARACTER = /\p{Surrogate}/u

/** Stored bytes that no writer of ours can have written: the file is damaged. */
export class MalformedContent extends Error {
  override readonly name = 'MalformedContent'
}

/** Bytes of two's complement that a safe integer needs: 0 for 0, 1 for -128 to 127, up to 7. */
function lengthOf(value: number): number {
  let length = 0
  let limit = 0.5
  while (value < -limit || value >= limit) {
    length += 1
    limit *= 256
  }
  return length
}

export class CanonicalWriter {
  #bytes = new Uint8Array(8192)
  #length = 0
  readonly #utf8 = new TextEncoder()

  integer(value: number): this {
    invariant(Number.isSafeInteger(value), `${value} is no safe integer`)
    this.#reserve(INTEGER_BYTES_MAX)
    this.#bytes[this.#length] = TYPE.integer
    this.#length += 1
    this.#number(value)
    return this
  }

  text(value: string): this {
    this.#reserve(INTEGER_BYTES_MAX + value.length * UTF8_BYTES_PER_UNIT_MAX)
    const start = this.#length
    this.#header(TYPE.text, value.length)
    // Nearly every text is a code of a few plain characters: written here, a call of TextEncoder costs more than all of it.
    for (let index = 0; index < value.length; index += 1) {
      const unit = value.charCodeAt(index)
      if (unit > ASCII_MAX) return this.#utf8Text(value, start)
      this.#bytes[this.#length + index] = unit
    }
    this.#length += value.length
    return this
  }

  bytes(value: Uint8Array): this {
    this.#reserve(INTEGER_BYTES_MAX + value.length)
    this.#header(TYPE.bytes, value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
    return this
  }

  list<Item>(items: readonly Item[], write: (item: Item) => void): this {
    this.#reserve(INTEGER_BYTES_MAX)
    this.#header(TYPE.list, items.length)
    for (const item of items) write(item)
    return this
  }

  /** `write` says how a value that is there is written. */
  optional<Value>(value: Value | undefined, write: (value: Value) => void): this {
    if (value !== undefined) {
      write(value)
      return this
    }
    this.#reserve(1)
    this.#bytes[this.#length] = TYPE.absent
    this.#length += 1
    return this
  }

  /** What has been written since the last call, as the caller's own copy. */
  finish(): Uint8Array {
    const copy = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return copy
  }

  /** Encoded behind the longest header and moved up to the true one: the length is known only afterwards. */
  #utf8Text(value: string, start: number): this {
    invariant(!HALF_CHARACTER.test(value), 'text holds half a surrogate pair')
    const encoded = start + INTEGER_BYTES_MAX
    const { written } = this.#utf8.encodeInto(value, this.#bytes.subarray(encoded))
    this.#length = start
    this.#header(TYPE.text, written)
    this.#bytes.copyWithin(this.#length, encoded, encoded + written)
    this.#length += written
    return this
  }

  #header(type: number, count: number): void {
    this.#bytes[this.#length] = type
    this.#length += 1
    this.#number(count)
  }

  #number(value: number): void {
    const length = lengthOf(value)
    this.#bytes[this.#length] = length
    let rest = value
    for (let position = this.#length + length; position > this.#length; position -= 1) {
      this.#bytes[position] = rest
      rest = Math.floor(rest / 256)
    }
    this.#length += 1 + length
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

/** Bytes that become characters at once. */
const CHARACTERS = 512

/** Reads in the order in which it was written. Throws MalformedContent on anything that the writer cannot have made. */
export class CanonicalReader {
  readonly #bytes: Uint8Array
  /**
   * A part of it, a character a byte: nearly every text is a slice of it, which costs a tenth of a decoder's call. And keeps it, so
   * a claim is not in it, which is half of a hold.
   */
  #characters = ''
  #charactersFrom = 0
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  integer(): number {
    this.#expect(TYPE.integer)
    return this.#number()
  }

  text(): string {
    const length = this.#count(TYPE.text)
    const bytes = this.#bytes
    const start = this.#offset
    const end = start + length
    this.#offset = end
    for (let position = start; position < end; position += 1) {
      if ((bytes[position] ?? 0) > ASCII_MAX) return this.#utf8Text(start, end)
    }
    if (end > this.#charactersFrom + this.#characters.length) this.#readCharacters(start, end)
    return this.#characters.slice(start - this.#charactersFrom, end - this.#charactersFrom)
  }

  #readCharacters(start: number, end: number): void {
    const { buffer, byteOffset, byteLength } = this.#bytes
    const length = Math.min(Math.max(end - start, CHARACTERS), byteLength - start)
    this.#characters = Buffer.from(buffer, byteOffset + start, length).toString('latin1')
    this.#charactersFrom = start
  }

  /** A view of the content, not a copy. */
  bytes(): Uint8Array {
    return this.#block(TYPE.bytes)
  }

  list<Item>(read: () => Item): Item[] {
    // Every item takes at least a byte, so a damaged count cannot ask for more than the content holds.
    const count = this.#count(TYPE.list)
    const items: Item[] = []
    for (let index = 0; index < count; index += 1) items.push(read())
    return items
  }

  optional<Value>(read: () => Value): Value | undefined {
    if (this.#bytes[this.#offset] !== TYPE.absent) return read()
    this.#offset += 1
    return undefined
  }

  end(): void {
    if (this.#offset !== this.#bytes.length) throw this.#malformed('bytes after the last value')
  }

  #utf8Text(start: number, end: number): string {
    const text = textFromUtf8(this.#bytes, start, end)
    if (text === undefined) throw this.#malformed('text that is not UTF-8')
    return text
  }

  #block(type: number): Uint8Array {
    const length = this.#count(type)
    this.#offset += length
    return this.#bytes.subarray(this.#offset - length, this.#offset)
  }

  #count(type: number): number {
    this.#expect(type)
    const count = this.#number()
    if (count < 0 || count > this.#bytes.length - this.#offset) throw this.#malformed('a length beyond the content')
    return count
  }

  #number(): number {
    const bytes = this.#bytes
    const length = bytes[this.#offset] ?? 0
    const first = this.#offset + 1
    const end = first + length
    if (first > bytes.length || end > bytes.length) throw this.#malformed('half a number')
    // The first byte has the sign.
    let value = length === 0 ? 0 : ((bytes[first] ?? 0) << 24) >> 24
    for (let position = first + 1; position < end; position += 1) value = value * 256 + (bytes[position] ?? 0)
    if (!isShortest(value, length)) throw this.#malformed('a number in no canonical form')
    this.#offset = end
    return value
  }

  #expect(type: number): void {
    if (this.#bytes[this.#offset] !== type) throw this.#malformed(`no value of type ${type}`)
    this.#offset += 1
  }

  #malformed(what: string): MalformedContent {
    return new MalformedContent(`${what} at byte ${this.#offset}`)
  }
}

/** Whether `length` bytes are as many as the value needs and no more. */
function isShortest(value: number, length: number): boolean {
  if (length === 1) return value !== 0
  if (length === 2) return value < -128 || value > 127
  return Number.isSafeInteger(value) && lengthOf(value) === length
}
