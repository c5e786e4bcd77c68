/**
 * Tells keys of a PIN from a pack that was scanned while one was asked. A scanner types its code and Enter, and a card counts a wrong PIN
 * whoever typed it: thirteen digits of a barcode would be twelve and a lost try. What no person types is no PIN:
 *
 *   one digit more than a PIN can have        wipe        and everything up to a pause is swallowed, the Enter too
 *   a letter at a scanner's pace              wipe        likewise
 *
 * A code of digits alone that is as short as a PIN cannot be told from one. Pure: times in ms come with each key.
 */

import { GAP_MS_MAX } from '../scan/burst.ts'
import { PIN_DIGITS_MAX } from './pin-buffer.ts'

/** Longer than any scanner waits before its Enter. */
export const REST_MS = 500

/** wipe: all digits so far are the scanner's too. swallow: likewise this key. */
export type KeyVerdict = 'take' | 'swallow' | 'wipe'

export class PinKeys {
  #last = Number.NEGATIVE_INFINITY
  #isForeign = false

  /** `key` as KeyboardEvent names it; `digits`: how many were taken before it. */
  next(key: string, digits: number, at: number): KeyVerdict {
    // Of a time that went back nothing follows: then it is a new beginning.
    const gap = at < this.#last ? Number.POSITIVE_INFINITY : at - this.#last
    this.#last = at
    if (this.#isForeign && gap < REST_MS) return 'swallow'
    const isDigit = /^\d$/.test(key)
    const isOther = !isDigit && Array.from(key).length === 1
    this.#isForeign = isDigit ? digits >= PIN_DIGITS_MAX : isOther && gap <= GAP_MS_MAX
    return this.#isForeign ? 'wipe' : 'take'
  }
}
