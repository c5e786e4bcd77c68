/**
 * The hash chain: each fact's hash covers the hash before it, its own sequence number and its content, so that no fact
 * can be changed, removed, inserted or moved without every later hash giving it away.
 *
 *   hash(n) = SHA-256( hash(n-1), 32 bytes | n, 8 bytes big-endian | content(n) )      hash(0) = 32 bytes of zero
 */

import { hash } from 'node:crypto'

export const HASH_LENGTH = 32
const SEQUENCE_LENGTH = 8
let place = Buffer.alloc(16_384)

/** Where the chain stands: the last fact's number and hash. An empty ledger stands at 0. */
export interface Head {
  readonly sequence: number
  readonly hash: Uint8Array
}

export const GENESIS: Head = { sequence: 0, hash: new Uint8Array(HASH_LENGTH) }

export function extend(head: Head, content: Uint8Array): Head {
  const sequence = head.sequence + 1
  const length = reserved(content)
  place.set(head.hash)
  return { sequence, hash: bytesOf(hash('sha256', linkAt(sequence, content, length), 'binary')) }
}

/** The same where the chain stands in hex: what follows `before`, 64 digits, under that number. */
export function extendHex(before: string, sequence: number, content: Uint8Array): string {
  const length = reserved(content)
  place.write(before, 0, HASH_LENGTH, 'hex')
  return hash('sha256', linkAt(sequence, content, length), 'hex')
}

/** A centre hashes thousands of facts a second: the place where they are put together is kept. */
function reserved(content: Uint8Array): number {
  const length = HASH_LENGTH + SEQUENCE_LENGTH + content.length
  if (place.length < length) place = Buffer.alloc(2 * length)
  return length
}

/** What is hashed, when the hash before has its place. */
function linkAt(sequence: number, content: Uint8Array, length: number): Uint8Array {
  let rest = sequence
  for (let at = HASH_LENGTH + SEQUENCE_LENGTH - 1; at >= HASH_LENGTH; at -= 1) {
    place[at] = rest
    rest = Math.floor(rest / 256)
  }
  place.set(content, HASH_LENGTH + SEQUENCE_LENGTH)
  return place.subarray(0, length)
}

/** A character a byte: bytes that the library hands out are a buffer of their own each, which costs more than a short fact's hash. */
function bytesOf(characters: string): Uint8Array {
  const bytes = new Uint8Array(HASH_LENGTH)
  for (let index = 0; index < HASH_LENGTH; index += 1) bytes[index] = characters.charCodeAt(index)
  return bytes
}
