/**
 * Bytes that must not be seen: PINs and keys. The content is reachable only through `expose`, whose callback must not keep
 * it; printing, serialising and inspecting give the label. Compared in constant time, wiped when done with.
 */

import { invariant } from '../../base/invariant.ts'

const INSPECT = Symbol.for('nodejs.util.inspect.custom')

export abstract class SecretBytes {
  readonly #bytes: Uint8Array
  #wiped = false
  readonly #atWipe: (() => void)[] = []

  protected constructor(bytes: Uint8Array) {
    this.#bytes = Uint8Array.from(bytes)
  }

  /** What may be shown in place of the content. */
  abstract readonly label: string

  get length(): number {
    return this.#bytes.length
  }

  expose<Value>(use: (bytes: Uint8Array) => Value): Value {
    invariant(!this.#wiped, `${this.label} was used after it was wiped`)
    return use(this.#bytes)
  }

  equals(other: SecretBytes): boolean {
    return this.expose((left) =>
      other.expose((right) => {
        let difference = left.length ^ right.length
        for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0)
        return difference === 0
      })
    )
  }

  /** What was worked out from the content and kept, a key schedule for one, is forgotten in the same moment. */
  whenWiped(forget: () => void): void {
    this.#atWipe.push(forget)
  }

  wipe(): void {
    this.#bytes.fill(0)
    this.#wiped = true
    for (const forget of this.#atWipe.splice(0)) forget()
  }

  toString(): string {
    return `[${this.label}]`
  }

  toJSON(): string {
    return this.toString()
  }

  [INSPECT](): string {
    return this.toString()
  }
}
