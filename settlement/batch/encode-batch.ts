/** A batch to its bytes (frames.ts has their shape). Nothing is read and written anew on the way: a terminal only copies what its ledger keeps. */

import { hash } from 'node:crypto'
import { invariant } from '../../base/invariant.ts'
import type { FramesHead } from './batch.ts'

const LENGTH_BYTES = 4
const encoder = new TextEncoder()

/** `contents`: as many as the head says, in the order of the chain. */
export function encodeBatch(head: FramesHead, contents: readonly Uint8Array[]): Uint8Array {
  invariant(contents.length === head.count, `${contents.length} facts in a batch of ${head.count}`)
  const line = encoder.encode(`${JSON.stringify(head)}\n`)
  const bytes = new Uint8Array(contents.reduce((sum, content) => sum + frameBytes(content), line.length))
  bytes.set(line)
  let at = line.length
  for (const content of contents) {
    const { length } = content
    bytes[at] = length >>> 24
    bytes[at + 1] = length >>> 16
    bytes[at + 2] = length >>> 8
    bytes[at + 3] = length
    bytes.set(content, at + LENGTH_BYTES)
    at += LENGTH_BYTES + length
  }
  return bytes
}

/** What a fact takes of a batch's bytes. */
export const frameBytes = (content: Uint8Array): number => LENGTH_BYTES + content.length

/** What the next batch names as `previous`: SHA-256 of the uncompressed bytes in hex. */
export const batchHash = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')
