/**
 * The canonical encoding: one sequence of values has exactly one byte form, so its hash means something. No names and no
 * order to choose: values follow each other as the fact's table in README.md says, each with its type and its length.
 *
 *   absent   00
 *   integer  01, 8 bytes big-endian two's complement; safe integers only
 *   text     02, length in bytes (4 bytes big-endian), UTF-8
 *   bytes    03, length (4 bytes big-endian), the bytes
 *   list     04, number of items (4 bytes big-endian), then the items
 */

import { invariant } from '../../base/invariant.ts'

export const TYPE = { absent: 0, integer: 1, text: 2, bytes: 3, list: 4 } as const

const HIGH_WORD = 2 ** 32
const UTF8_BYTES_PER_UNIT_MAX = 3
const HALF_CHARACTER = /\p{Surrogate}/u

/** Stored bytes that no writer of ours can have written: the file is damaged. */
export class MalformedContent extends Error {
  override readonly name = 'MalformedContent'
}

export class CanonicalWriter {
  #bytes = new Uint8Array(4096)
  #view = new DataView(this.#bytes.buffer)
  #length = 0
  readonly #utf8 = new TextEncoder()

  integer(value: number): this {
    invariant(Number.isSafeInteger(value), `${value} is no safe integer`)
    this.#reserve(9)
    this.#bytes[this.#length] = TYPE.integer
    this.#view.setInt32(this.#length + 1, Math.floor(value / HIGH_WORD))
    this.#view.setUint32(this.#length + 5, value >>> 0)
    this.#length += 9
    return this
  }

  text(value: string): this {
    invariant(!HALF_CHARACTER.test(value), 'text holds half a surrogate pair')
    this.#reserve(5 + value.length * UTF8_BYTES_PER_UNIT_MAX)
    const { written } = this.#utf8.encodeInto(value, this.#bytes.subarray(this.#length + 5))
    return this.#header(TYPE.text, written).#advance(written)
  }

  bytes(value: Uint8Array): this {
    this.#reserve(5 + value.length)
    this.#bytes.set(value, this.#length + 5)
    return this.#header(TYPE.bytes, value.length).#advance(value.length)
  }

  list<Item>(items: readonly Item[], write: (item: Item) => void): this {
    this.#reserve(5)
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
    return this.#advance(1)
  }

  /** What has been written since the last call, as the caller's own copy. */
  finish(): Uint8Array {
    const copy = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return copy
  }

  #header(type: number, count: number): this {
    this.#bytes[this.#length] = type
    this.#view.setUint32(this.#length + 1, count)
    return this.#advance(5)
  }

  #advance(count: number): this {
    this.#length += count
    return this
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}

/** Reads in the order in which it was written. Throws MalformedContent on anything that the writer cannot have made. */
export class CanonicalReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  integer(): number {
    this.#expect(TYPE.integer, 9)
    const value = this.#view.getInt32(this.#offset + 1) * HIGH_WORD + this.#view.getUint32(this.#offset + 5)
    if (!Number.isSafeInteger(value)) throw this.#malformed('an integer beyond 2^53')
    this.#offset += 9
    return value
  }

  text(): string {
    try {
      return this.#utf8.decode(this.#block(TYPE.text))
    } catch (cause) {
      if (cause instanceof TypeError) throw this.#malformed('text that is not UTF-8')
      throw cause
    }
  }

  bytes(): Uint8Array {
    return this.#block(TYPE.bytes).slice()
  }

  list<Item>(read: () => Item): Item[] {
    const count = this.#count(TYPE.list)
    // Every item takes at least a byte, so a damaged count cannot ask for more than the content holds.
    if (count > this.#bytes.length - this.#offset) throw this.#malformed('a list longer than the content')
    return Array.from({ length: count }, read)
  }

  optional<Value>(read: () => Value): Value | undefined {
    if (this.#bytes[this.#offset] !== TYPE.absent) return read()
    this.#offset += 1
    return undefined
  }

  end(): void {
    if (this.#offset !== this.#bytes.length) throw this.#malformed('bytes after the last value')
  }

  #block(type: number): Uint8Array {
    const length = this.#count(type)
    if (length > this.#bytes.length - this.#offset) throw this.#malformed('a value longer than the content')
    this.#offset += length
    return this.#bytes.subarray(this.#offset - length, this.#offset)
  }

  #count(type: number): number {
    this.#expect(type, 5)
    this.#offset += 5
    return this.#view.getUint32(this.#offset - 4)
  }

  #expect(type: number, length: number): void {
    if (this.#bytes[this.#offset] !== type) throw this.#malformed(`no value of type ${type}`)
    if (this.#offset + length > this.#bytes.length) throw this.#malformed('half a value')
  }

  #malformed(what: string): MalformedContent {
    return new MalformedContent(`${what} at byte ${this.#offset}`)
  }
}
