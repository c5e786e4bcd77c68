/** Big-endian integers and joins over Uint8Array: every number on the card is big-endian (S37, data type `b`). */

import { invariant } from '../../base/invariant.ts'

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

export function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}

/** Without a branch on where the bytes differ: for codes and secrets. */
export function equalInConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0)
  return difference === 0
}

/** The byte at `offset`; reading outside is a broken invariant, so lengths are checked before. */
export function byteAt(bytes: Uint8Array, offset: number): number {
  const byte = bytes[offset]
  invariant(byte !== undefined, `offset ${offset} is outside ${bytes.length} bytes`)
  return byte
}

/** `count` is 1 to 6 bytes, so that the value stays an exact integer. */
export function readUint(bytes: Uint8Array, offset: number, count: number): number {
  invariant(count >= 1 && count <= 6, `${count} bytes do not fit an exact integer`)
  let value = 0
  for (let i = 0; i < count; i++) value = value * 256 + byteAt(bytes, offset + i)
  return value
}

export function writeUint(value: number, count: number): Uint8Array {
  const fits = Number.isSafeInteger(value) && value >= 0 && count >= 1 && count <= 6 && value < 256 ** count
  // The message is only put together when it is needed: this line runs for every amount that a card signs.
  if (!fits) invariant(false, `${value} does not fit ${count} bytes`)
  const bytes = new Uint8Array(count)
  for (let i = count - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  return bytes
}
