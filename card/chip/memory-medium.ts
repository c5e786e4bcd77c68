/** An EEPROM in RAM, whose supply can be cut after any byte: for tests and for cards that need not outlive the process. */

import { invariant } from '../../base/invariant.ts'
import { PowerLost, type NonvolatileMedium } from '../ports.ts'

export class MemoryMedium implements NonvolatileMedium {
  readonly #bytes: Uint8Array
  #written = 0
  #cutAt = Number.POSITIVE_INFINITY

  constructor(image: Uint8Array) {
    this.#bytes = Uint8Array.from(image)
  }

  get size(): number {
    return this.#bytes.length
  }

  /** Bytes written since construction. */
  get written(): number {
    return this.#written
  }

  /** A copy of the whole content, as a file would hold it. */
  snapshot(): Uint8Array {
    return this.#bytes.slice()
  }

  /** The supply goes as soon as more than `bytes` further bytes are to be written: byte `bytes` + 1 never lands. */
  cutAfter(bytes: number): void {
    invariant(Number.isInteger(bytes) && bytes >= 0, `cannot cut after ${bytes} bytes`)
    this.#cutAt = this.#written + bytes
  }

  /** The supply is steady again. */
  restorePower(): void {
    this.#cutAt = Number.POSITIVE_INFINITY
  }

  read(offset: number, length: number): Uint8Array {
    this.#checkRange(offset, length)
    return this.#bytes.slice(offset, offset + length)
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#checkRange(offset, bytes.length)
    if (this.#written + bytes.length <= this.#cutAt) {
      this.#bytes.set(bytes, offset)
      this.#written += bytes.length
      return
    }
    const landed = bytes.subarray(0, this.#cutAt - this.#written)
    this.#bytes.set(landed, offset)
    this.#written += landed.length
    throw new PowerLost(`supply cut at byte ${this.#written}`)
  }

  #checkRange(offset: number, length: number): void {
    invariant(offset >= 0 && offset + length <= this.#bytes.length, `${length} bytes at ${offset} are outside the medium`)
  }
}
