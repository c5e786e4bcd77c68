/**
 * The canonical encoding, read by the auditor's own hand from the table in the ledger's documentation: a type byte (0 absent,
 * 1 integer, 2 text, 3 bytes, 4 list), then a number of 0 to 7 bytes in two's complement with its length before it.
 */

export class UnreadableContent extends Error {
  override readonly name = 'UnreadableContent'
}

const ABSENT = 0
const INTEGER = 1
const TEXT = 2
const BLOCK = 3
const LIST = 4
const NUMBER_BYTES_MAX = 7

export class ContentReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  integer(): number {
    this.#type(INTEGER)
    return this.#number()
  }

  text(): string {
    return this.#block(TEXT).toString('utf8')
  }

  /** A copy. */
  bytes(): Uint8Array {
    return Uint8Array.from(this.#block(BLOCK))
  }

  list<Item>(item: () => Item): Item[] {
    this.#type(LIST)
    const count = this.#size()
    return Array.from({ length: count }, item)
  }

  orAbsent<Value>(value: () => Value): Value | undefined {
    if (this.#bytes[this.#at] !== ABSENT) return value()
    this.#at += 1
    return undefined
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new UnreadableContent(`${this.#bytes.length - this.#at} bytes behind the last value`)
  }

  #block(type: number): Buffer {
    this.#type(type)
    const size = this.#size()
    this.#at += size
    return this.#bytes.subarray(this.#at - size, this.#at)
  }

  #size(): number {
    const size = this.#number()
    if (size < 0 || size > this.#bytes.length - this.#at) throw new UnreadableContent(`a size of ${size} at byte ${this.#at}`)
    return size
  }

  #number(): number {
    const length = this.#bytes[this.#at] ?? NUMBER_BYTES_MAX + 1
    const end = this.#at + 1 + length
    if (length > NUMBER_BYTES_MAX || end > this.#bytes.length) throw new UnreadableContent(`no number at byte ${this.#at}`)
    // Six bytes are what Buffer reads at once; the seventh, if any, is the sign's.
    const low = Math.min(length, 6)
    let value = 0
    if (length === NUMBER_BYTES_MAX) value = this.#bytes.readInt8(this.#at + 1) * 2 ** 48 + this.#bytes.readUIntBE(this.#at + 2, 6)
    else if (low > 0) value = this.#bytes.readIntBE(this.#at + 1, low)
    if (!Number.isSafeInteger(value)) throw new UnreadableContent(`a number beyond 2^53 at byte ${this.#at}`)
    this.#at = end
    return value
  }

  #type(expected: number): void {
    const found = this.#bytes[this.#at]
    if (found !== expected) throw new UnreadableContent(`type ${found} where ${expected} belongs, at byte ${this.#at}`)
    this.#at += 1
  }
}
