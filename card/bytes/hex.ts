/** Hexadecimal text, for the edges only: traces, files, tests. Inside, bytes are Uint8Array. */

import { invariant } from '../../base/invariant.ts'

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')

export const isHex = (text: string): boolean => /^(?:[0-9a-fA-F]{2})*$/.test(text)

/** Accepts spaces between bytes, as written in specifications. Anything else is the caller's fault: check with isHex. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, '')
  invariant(isHex(digits), `"${text}" is not hexadecimal`)
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}
