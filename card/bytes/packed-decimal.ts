/**
 * `cn`: decimal digits packed two a byte, left aligned, unused nibbles F on the right (S37; P2 appendix A).
 *
 *   "510100" in 3 bytes -> 51 01 00        "12850" in 4 bytes -> 12 85 0F FF
 */

import { invariant } from '../../base/invariant.ts'
import { byteAt } from './bytes.ts'

export function packDecimal(digits: string, length: number): Uint8Array {
  const fits = /^\d*$/.test(digits) && digits.length <= 2 * length
  if (!fits) invariant(false, `"${digits}" does not fit cn ${length}`)
  const packed = new Uint8Array(length)
  for (let i = 0; i < length; i++) packed[i] = 16 * digitAt(digits, 2 * i) + digitAt(digits, 2 * i + 1)
  return packed
}

/** F after the last. */
const digitAt = (digits: string, at: number): number => (at < digits.length ? digits.charCodeAt(at) & 0x0f : 0x0f)

/** The digits before the F filling, or undefined when a nibble is neither a digit nor trailing filling. */
export function unpackDecimal(bytes: Uint8Array): string | undefined {
  let nibbles = ''
  for (let i = 0; i < bytes.length; i++) nibbles += byteAt(bytes, i).toString(16).padStart(2, '0')
  const match = /^(\d*)f*$/.exec(nibbles)
  return match?.[1]
}
