/** Hexadecimal text, for the edges only: traces, files, tests. Inside, bytes are Uint8Array. */

import { invariant } from '../../base/invariant.ts'

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase())

export function toHex(bytes: Uint8Array): string {
  let digits = ''
  for (let i = 0; i < bytes.length; i++) digits += DIGITS[bytes[i] as number] as string
  return digits
}

export const isHex = (text: string): boolean => /^(?:[0-9a-fA-F]{2})*$/.test(text)

/** Accepts spaces between bytes, as written in specifications. Anything else is the caller's fault: check with isHex. */
export function fromHex(text: string): Uint8Array {
  const digits = /\s/.test(text) ? text.replace(/\s+/g, '') : text
  invariant(isHex(digits), `"${text}" is not hexadecimal`)
  const bytes = new Uint8Array(digits.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = 16 * nibble(digits, 2 * i) + nibble(digits, 2 * i + 1)
  return bytes
}

/** Of a digit that was found to be one: 0-9, A-F and a-f have the value in their low bits, letters nine less. */
function nibble(digits: string, at: number): number {
  const code = digits.charCodeAt(at)
  return code <= 0x39 ? code & 0x0f : (code & 0x0f) + 9
}
