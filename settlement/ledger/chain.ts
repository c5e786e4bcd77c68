/**
 * The hash chain: each fact's hash covers the hash before it, its own sequence number and its content, so that no fact
 * can be changed, removed, inserted or moved without every later hash giving it away.
 *
 *   hash(n) = SHA-256( hash(n-1), 32 bytes | n, 8 bytes big-endian | content(n) )      hash(0) = 32 bytes of zero
 */

import { hash } from 'node:crypto'

export const HASH_LENGTH = 32

/** Where the chain stands: the last fact's number and hash. An empty ledger stands at 0. */
export interface Head {
  readonly sequence: number
  readonly hash: Uint8Array
}

export const GENESIS: Head = { sequence: 0, hash: new Uint8Array(HASH_LENGTH) }

export function extend(head: Head, content: Uint8Array): Head {
  const sequence = head.sequence + 1
  const input = new Uint8Array(HASH_LENGTH + 8 + content.length)
  input.set(head.hash)
  new DataView(input.buffer).setBigUint64(HASH_LENGTH, BigInt(sequence))
  input.set(content, HASH_LENGTH + 8)
  return { sequence, hash: new Uint8Array(hash('sha256', input, 'buffer')) }
}
