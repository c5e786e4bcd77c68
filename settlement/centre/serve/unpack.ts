/** A batch's body to its bytes: on Node's thread pool, or in one piece for a thread that does nothing else. */

import { hash } from 'node:crypto'
import { constants, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import { BATCH_BYTES_MAX } from '../../batch/batch.ts'
import { hashesOf } from '../../batch/decode-batch.ts'
import { ZSTD_WINDOW_LOG_MAX } from './limits.ts'

export interface Unpacked {
  /** At most BATCH_BYTES_MAX. */
  readonly bytes: Uint8Array
  /** SHA-256 of them in hex; undefined: to be computed still. */
  readonly digest?: string | undefined
  /** Of its facts, by `hashesOf`; undefined: to be computed still, or nothing that has any. */
  readonly hashes?: string | undefined
}

/** zstd: what is in it, or the code of what is wrong with it. */
export type Unpack = (body: Uint8Array) => Promise<Unpacked | string>

/** A batch in one piece as a rule: sixty of 16 KB, which is the default, are sixty turns of the thread that judges. */
const USUAL_RATIO = 9
const CHUNK_BYTES_MIN = 16 * 1024
const CHUNK_BYTES_MAX = 1024 * 1024

const boundsOf = (body: Uint8Array) => ({
  chunkSize: Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, body.length * USUAL_RATIO)),
  maxOutputLength: BATCH_BYTES_MAX,
  params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX }
})

/** The thread that judges goes on meanwhile; what there is to compute is left to it. */
export const unpackOnPool: Unpack = (body) =>
  new Promise((resolve) => {
    zstdDecompress(body, boundsOf(body), (cause, bytes) => resolve(cause === null ? { bytes } : codeOf(cause)))
  })

/** With everything that can be computed from the bytes alone; they lie in memory of their own, which may be handed over. */
export function unpackWhole(body: Uint8Array): Unpacked | string {
  const bytes = decompressed(body)
  return typeof bytes === 'string' ? bytes : { bytes, digest: hash('sha256', bytes, 'hex'), hashes: hashesOf(bytes) }
}

function decompressed(body: Uint8Array): Uint8Array | string {
  try {
    return new Uint8Array(zstdDecompressSync(body, boundsOf(body)))
  } catch (cause) {
    return codeOf(cause)
  }
}

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown')
