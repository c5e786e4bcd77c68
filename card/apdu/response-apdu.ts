import { byteAt } from '../bytes/bytes.ts'
import { statusWord, type StatusWord } from './status-word.ts'

/** data | SW1 SW2 (ISO 7816-4 5.1). */
export interface ResponseApdu {
  readonly data: Uint8Array
  readonly sw: StatusWord
}

/** undefined when fewer than the two status bytes came: the outcome of the command is then unknown. */
export function parseResponseApdu(bytes: Uint8Array): ResponseApdu | undefined {
  if (bytes.length < 2) return undefined
  return {
    data: bytes.slice(0, -2),
    sw: statusWord(byteAt(bytes, bytes.length - 2), byteAt(bytes, bytes.length - 1))
  }
}

export function encodeResponseApdu({ data, sw }: ResponseApdu): Uint8Array {
  const bytes = new Uint8Array(data.length + 2)
  bytes.set(data)
  bytes[data.length] = sw >> 8
  bytes[data.length + 1] = sw & 0xff
  return bytes
}
