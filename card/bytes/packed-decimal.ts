/**
 * `cn`: decimal digits packed two a byte, left aligned, unused nibbles F on the right (S37; P2 appendix A).
 *
 *   "510100" in 3 bytes -> 51 01 00        "12850" in 4 bytes -> 12 85 0F FF
 */

import { invariant } from '../../base/invariant.ts'
import { byteAt } from './bytes.ts'

export function packDecimal(digits: string, length: number): Uint8Array {
  invariant(/^\d*$/.test(digits) && digits.length <= 2 * length, `"${digits}" does not fit cn ${length}`)
  const filled = digits.padEnd(2 * length, 'F')
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(filled.slice(2 * i, 2 * i + 2), 16))
}

/** The digits before the F filling, or undefined when a nibble is neither a digit nor trailing filling. */
export function unpackDecimal(bytes: Uint8Array): string | undefined {
  let nibbles = ''
  for (let i = 0; i < bytes.length; i++) nibbles += byteAt(bytes, i).toString(16).padStart(2, '0')
  const match = /^(\d*)f*$/.exec(nibbles)
  return match?.[1]
}
