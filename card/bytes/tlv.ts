/**
 * The card's own TLV: tag 1 byte, length 1 byte, value (S37; P2 appendix A). Not BER: a tag is one byte whatever its low bits,
 * and a length up to FF is one byte.
 */

import { invariant } from '../../base/invariant.ts'
import { byteAt, concat } from './bytes.ts'

export interface Tlv {
  readonly tag: number
  readonly value: Uint8Array
}

export function encodeTlv(tag: number, value: Uint8Array): Uint8Array {
  invariant(tag >= 0 && tag <= 0xff && value.length <= 0xff, `tag ${tag} with ${value.length} bytes is no TLV`)
  return concat(Uint8Array.of(tag, value.length), value)
}

/** The items of a chain in order, or undefined when a length runs past the end. */
export function parseTlvChain(bytes: Uint8Array): Tlv[] | undefined {
  const items: Tlv[] = []
  let offset = 0
  while (offset < bytes.length) {
    if (offset + 2 > bytes.length) return undefined
    const tag = byteAt(bytes, offset)
    const end = offset + 2 + byteAt(bytes, offset + 1)
    if (end > bytes.length) return undefined
    items.push({ tag, value: bytes.slice(offset + 2, end) })
    offset = end
  }
  return items
}
