/**
 * The EEPROM of a simulated chip as a file, byte for byte. Each write reaches the disk before the next begins, so killing
 * the process, or the machine, tears the image exactly where it would tear a card: between two writes or inside one.
 */

import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { invariant } from '../../base/invariant.ts'
import type { NonvolatileMedium } from '../../card/ports.ts'
import { noFault, type FaultPoint } from './fault-point.ts'

export class FileMedium implements NonvolatileMedium {
  readonly size: number
  readonly #descriptor: number
  /** The file's content; the lock of the file's owner keeps everyone else from changing it. */
  readonly #image: Uint8Array
  readonly #beforeWrite: string
  readonly #faultPoint: FaultPoint

  /** `beforeWrite` names the fault point that each write passes, such as "card-write". */
  constructor(path: string, beforeWrite = 'write', faultPoint: FaultPoint = noFault) {
    this.#beforeWrite = beforeWrite
    this.#faultPoint = faultPoint
    this.#descriptor = openSync(path, 'r+')
    this.size = fstatSync(this.#descriptor).size
    this.#image = new Uint8Array(this.size)
    const length = readSync(this.#descriptor, this.#image, 0, this.size, 0)
    invariant(length === this.size, `${path}: ${length} of ${this.size} bytes could be read`)
  }

  read(offset: number, length: number): Uint8Array {
    this.#checkRange(offset, length)
    return this.#image.slice(offset, offset + length)
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#checkRange(offset, bytes.length)
    this.#faultPoint(this.#beforeWrite)
    const written = writeSync(this.#descriptor, bytes, 0, bytes.length, offset)
    invariant(written === bytes.length, `${written} of ${bytes.length} bytes were written`)
    fdatasyncSync(this.#descriptor)
    this.#image.set(bytes, offset)
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #checkRange(offset: number, length: number): void {
    invariant(
      offset >= 0 && length >= 0 && offset + length <= this.size,
      `${length} bytes at ${offset} lie outside the image of ${this.size}`
    )
  }
}
