/** zstd of Node, on its thread pool: the thread that settles goes on meanwhile. */

import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib'
import { BATCH_BYTES_MAX } from '../../../settlement/batch/batch.ts'
import type { Compress } from '../../../settlement/sync/ports.ts'

/** As small as level 3 on batches, and cheaper; what saves more costs several times as much. */
const LEVEL = 1

/**
 * A batch in one piece as a rule: pieces of 16 KB, which is the default, are twenty turns of the thread that settles, and are put
 * together once more.
 */
const USUAL_RATIO = 7
const CHUNK_BYTES_MIN = 16 * 1024

const compressed = promisify(zstdCompress)

export const compressZstd: Compress = async (bytes) => {
  const chunkSize = Math.max(CHUNK_BYTES_MIN, Math.ceil(bytes.length / USUAL_RATIO))
  const { buffer, byteOffset, length } = await compressed(bytes, { chunkSize, params: { [constants.ZSTD_c_compressionLevel]: LEVEL } })
  return new Uint8Array(buffer, byteOffset, length)
}

/** undefined: it is damaged, or becomes more than a batch may have. */
export function decompressZstd(body: Uint8Array): Uint8Array | undefined {
  try {
    return zstdDecompressSync(body, { maxOutputLength: BATCH_BYTES_MAX })
  } catch {
    return undefined
  }
}
