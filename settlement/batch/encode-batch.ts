/** A batch to its bytes (frames.ts has their shape). Nothing is read and written anew on the way: a terminal only copies what its ledger keeps. */

import { hash } from 'node:crypto'
import { invariant } from '../../base/invariant.ts'
import type { FramesHead } from './batch.ts'

const LENGTH_BYTES = 4
/** Of a head that is written here. So much is kept free in front of the frames: what it says is known when they are complete. */
export const HEAD_BYTES_MAX = 1_024
const ROOM_BYTES = 64 * 1024
const encoder = new TextEncoder()

/**
 * Where a batch grows. The next one grows in the same memory: a megabyte each, left behind, has the collector go through everything
 * that a terminal remembers at every third batch.
 */
export class BatchRoom {
  #bytes = new Uint8Array(ROOM_BYTES)
  #end = HEAD_BYTES_MAX

  /** Bytes of the frames so far. */
  get length(): number {
    return this.#end - HEAD_BYTES_MAX
  }

  /** `content`: of the fact that follows in the chain. */
  add(content: Uint8Array): void {
    const { length } = content
    this.#growTo(this.#end + frameBytes(content))
    const bytes = this.#bytes
    let at = this.#end
    bytes[at] = length >>> 24
    bytes[at + 1] = length >>> 16
    bytes[at + 2] = length >>> 8
    bytes[at + 3] = length
    at += LENGTH_BYTES
    bytes.set(content, at)
    this.#end = at + length
  }

  /** With as many facts as the head says. What is given back holds until `clear`. */
  batch(head: FramesHead): Uint8Array {
    const line = encoder.encode(`${JSON.stringify(head)}\n`)
    invariant(line.length <= HEAD_BYTES_MAX, `a head of ${line.length} bytes`)
    const begin = HEAD_BYTES_MAX - line.length
    this.#bytes.set(line, begin)
    return this.#bytes.subarray(begin, this.#end)
  }

  clear(): void {
    this.#end = HEAD_BYTES_MAX
  }

  #growTo(length: number): void {
    if (length <= this.#bytes.length) return
    const wider = new Uint8Array(Math.max(length, 2 * this.#bytes.length))
    wider.set(this.#bytes.subarray(0, this.#end))
    this.#bytes = wider
  }
}

/** What a fact takes of a batch's bytes. */
export const frameBytes = (content: Uint8Array): number => LENGTH_BYTES + content.length

/** What the next batch names as `previous`: SHA-256 of the uncompressed bytes in hex. */
export const batchHash = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')
