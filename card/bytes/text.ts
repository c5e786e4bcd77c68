/**
 * `an`: text in GB18030, left aligned, right filled with 00 (S37; P2 appendix A). GB18030 covers every Unicode character, so a
 * rare surname costs four bytes instead of two and may need the name's second item (tag 4E).
 */

import iconv from 'iconv-lite'
import { invariant } from '../../base/invariant.ts'

const ENCODING = 'gb18030'

export const encodeText = (text: string): Uint8Array => Uint8Array.from(iconv.encode(text, ENCODING))

export function encodePaddedText(text: string, length: number): Uint8Array {
  const encoded = encodeText(text)
  invariant(encoded.length <= length, `text of ${encoded.length} bytes does not fit an ${length}`)
  const padded = new Uint8Array(length)
  padded.set(encoded)
  return padded
}

/** Reads up to the first 00. Bytes that are no GB18030 become U+FFFD rather than an error: a card is not ours to mend. */
export function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return iconv.decode(bytes.subarray(0, end === -1 ? bytes.length : end), ENCODING)
}
