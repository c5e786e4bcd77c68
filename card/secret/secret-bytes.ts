/**
 * Bytes that must not be seen: PINs and keys. The content is reachable only through `expose`, whose callback must not keep
 * it; printing, serialising and inspecting give the label. Compared in constant time, wiped when done with.
 */

import { invariant } from '../../base/invariant.ts'

const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/** As secret as what it is made from. */
export interface Derivation<Value> {
  readonly derive: (bytes: Uint8Array) => Value
  /** Overwrites the value. */
  readonly forget: (value: Value) => void
}

export abstract class SecretBytes {
  readonly #bytes: Uint8Array
  #wiped = false
  #derived: { readonly derivation: unknown; readonly forget: () => void; readonly value: unknown } | undefined

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

  /** What `derivation` works out from the content, such as a key schedule: once, and kept until the wipe. */
  derived<Value>(derivation: Derivation<Value>): Value {
    if (this.#derived?.derivation === derivation) return this.#derived.value as Value
    const value = this.expose(derivation.derive)
    this.#derived?.forget()
    this.#derived = { derivation, value, forget: () => derivation.forget(value) }
    return value
  }

  wipe(): void {
    this.#bytes.fill(0)
    this.#wiped = true
    this.#derived?.forget()
    this.#derived = undefined
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
