/** Padding method 2 of ISO/IEC 9797-1, as ISO 7816-4 uses it: 80, then 00 up to the block. */

import { invariant } from '../../base/invariant.ts'

const MARK = 0x80

/** Always adds at least one byte: data that fills its blocks gets one more. */
export function padIso7816(data: Uint8Array, blockLength = 8): Uint8Array {
  invariant(blockLength >= 1, 'a block has at least one byte')
  const padded = new Uint8Array(data.length + blockLength - (data.length % blockLength))
  padded.set(data)
  padded[data.length] = MARK
  return padded
}

/** The last block of `padIso7816(data)` by itself, for who works through the whole blocks where they lie. */
export function lastPaddedBlock(data: Uint8Array, blockLength = 8): Uint8Array {
  const whole = data.length - (data.length % blockLength)
  const block = new Uint8Array(blockLength)
  for (let i = whole; i < data.length; i++) block[i - whole] = data[i] as number
  block[data.length - whole] = MARK
  return block
}

/** The data before the padding, or undefined when the end is no padding. */
export function unpadIso7816(padded: Uint8Array): Uint8Array | undefined {
  const mark = padded.findLastIndex((byte) => byte !== 0)
  return padded[mark] === MARK ? padded.slice(0, mark) : undefined
}
