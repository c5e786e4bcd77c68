/**
 * Digits of a PIN while they are typed: in one place that nothing prints, draws or serialises, and that is overwritten as
 * soon as they are handed over. The text that the bridge takes is the one copy that cannot be wiped; it is made last.
 */

export const PIN_DIGITS_MAX = 12

export class PinBuffer {
  readonly #digits = new Uint8Array(PIN_DIGITS_MAX)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** One digit, "0" to "9"; anything else, and what is too long, is not taken. */
  push(key: string): void {
    if (!/^\d$/.test(key) || this.#length === PIN_DIGITS_MAX) return
    this.#digits[this.#length] = key.charCodeAt(0)
    this.#length += 1
  }

  pop(): void {
    if (this.#length === 0) return
    this.#length -= 1
    this.#digits[this.#length] = 0
  }

  wipe(): void {
    this.#digits.fill(0)
    this.#length = 0
  }

  /** Hands the digits over and keeps none. */
  take(): string {
    const text = String.fromCharCode(...this.#digits.subarray(0, this.#length))
    this.wipe()
    return text
  }

  /** Compares every place, however early they differ. */
  equals(other: PinBuffer): boolean {
    const differing = this.#digits.reduce((seen, digit, index) => seen | (digit ^ (other.#digits[index] ?? 0)), this.#length ^ other.#length)
    return differing === 0
  }
}
