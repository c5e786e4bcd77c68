/**
 * The one source of chance of a world: xoshiro128** over 128 bits of state. A fork is made of the seed and a name, never of what was
 * drawn so far, so one more draw of one actor moves nobody else. Whole numbers only: no draw goes through a float.
 */

import { hash } from 'node:crypto'
import { invariant } from '../../../base/invariant.ts'

const UINT32 = 0x1_0000_0000

export class Random {
  readonly #name: string
  #a: number
  #b: number
  #c: number
  #d: number

  /** `name`: the seed and the way to this fork, "7/terminal-1/readers". */
  constructor(name: string) {
    this.#name = name
    const bytes = hash('sha256', name, 'buffer')
    this.#a = bytes.readUInt32LE(0)
    this.#b = bytes.readUInt32LE(4)
    this.#c = bytes.readUInt32LE(8)
    // A state of zeros would stay zeros.
    this.#d = bytes.readUInt32LE(12) | 1
  }

  fork(name: string): Random {
    return new Random(`${this.#name}/${name}`)
  }

  /** 0 to 2**32 - 1. */
  uint32(): number {
    const drawn = Math.imul(rotated(Math.imul(this.#b, 5), 7), 9) >>> 0
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotated(this.#d, 11)
    return drawn
  }

  /** 0 to `bound` - 1, each as likely. */
  below(bound: number): number {
    invariant(Number.isInteger(bound) && bound >= 1 && bound <= UINT32, `cannot draw below ${bound}`)
    const whole = UINT32 - (UINT32 % bound)
    for (;;) {
      const drawn = this.uint32()
      if (drawn < whole) return drawn % bound
    }
  }

  /** `least` to `most`, both of them too. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  /** True `per` times `of`. Nothing is drawn for what never happens. */
  chance(per: number, of: number): boolean {
    return per > 0 && this.below(of) < per
  }

  pick<Item>(list: readonly Item[]): Item {
    const item = list[this.below(list.length)]
    invariant(item !== undefined, 'a list to pick from has no holes')
    return item
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at += 4) {
      const drawn = this.uint32()
      for (let part = 0; part < 4 && at + part < length; part += 1) bytes[at + part] = (drawn >>> (part * 8)) & 0xff
    }
    return bytes
  }
}

const rotated = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))
