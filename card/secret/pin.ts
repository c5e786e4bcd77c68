/** A PIN as its holder typed it: 4 to 12 digits (P2 appendix A: 2 to 6 bytes), never printable. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import { SecretBytes } from './secret-bytes.ts'

export const PIN_DIGITS_MIN = 4
export const PIN_DIGITS_MAX = 12

export type PinFormatRefusal =
  | { readonly kind: 'pin-not-digits' }
  | { readonly kind: 'pin-wrong-length'; readonly digits: number; readonly min: number; readonly max: number }

export class Pin extends SecretBytes {
  readonly label = 'PIN'
  readonly digits: number

  private constructor(packed: Uint8Array, digits: number) {
    super(packed)
    this.digits = digits
  }

  /** `digits` is what was typed; the refusal never repeats it. */
  static parse(digits: string): Result<Pin, PinFormatRefusal> {
    if (!/^\d*$/.test(digits)) return refuse({ kind: 'pin-not-digits' })
    if (digits.length < PIN_DIGITS_MIN || digits.length > PIN_DIGITS_MAX) {
      return refuse({ kind: 'pin-wrong-length', digits: digits.length, min: PIN_DIGITS_MIN, max: PIN_DIGITS_MAX })
    }
    return ok(new Pin(packDecimal(digits, Math.ceil(digits.length / 2)), digits.length))
  }
}
