/**
 * Token buckets: each key may do `burst` things at once and then `perSecond`. Keys are kept in the order of their last use,
 * so the number of them is bounded and the quiet ones go first.
 */

import { COUNTED_MAX, type Rate } from './limits.ts'

interface Bucket {
  left: number
  readonly at: number
}

export class FloodGate {
  readonly #rate: Rate
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate) {
    this.#rate = rate
  }

  /** undefined: go on. Otherwise whole seconds to wait. */
  pass(key: string, nowMs: number): number | undefined {
    const { burst, perSecond } = this.#rate
    const before = this.#buckets.get(key)
    // A clock that is set back gives nothing and takes nothing.
    const gained = before === undefined ? burst : (Math.max(0, nowMs - before.at) / 1000) * perSecond
    const left = Math.min(burst, (before?.left ?? 0) + gained)
    const isOpen = left >= 1
    this.#keep(key, { left: isOpen ? left - 1 : left, at: nowMs })
    return isOpen ? undefined : Math.ceil((1 - left) / perSecond)
  }

  #keep(key: string, bucket: Bucket): void {
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    const [quietest] = this.#buckets.keys()
    if (this.#buckets.size > COUNTED_MAX && quietest !== undefined) this.#buckets.delete(quietest)
  }
}
