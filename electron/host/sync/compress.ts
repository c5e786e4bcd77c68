/** zstd of Node, on its thread pool: the thread that settles goes on meanwhile. */

import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib'
import { BATCH_BYTES_MAX } from '../../../settlement/batch/batch.ts'
import type { Compress } from '../../../settlement/sync/ports.ts'

/** As small as level 3 on batches, and cheaper; what saves more costs several times as much. */
const LEVEL = 1

/** What a full batch comes to, in one piece: pieces of 16 KB, which is the default, are ten turns of the thread that settles. */
const CHUNK_BYTES = 256 * 1024

const compressed = promisify(zstdCompress)

export const compressZstd: Compress = async (bytes) =>
  new Uint8Array(await compressed(bytes, { chunkSize: CHUNK_BYTES, params: { [constants.ZSTD_c_compressionLevel]: LEVEL } }))

/** undefined: it is damaged, or becomes more than a batch may have. */
export function decompressZstd(body: Uint8Array): Uint8Array | undefined {
  try {
    return zstdDecompressSync(body, { maxOutputLength: BATCH_BYTES_MAX })
  } catch {
    return undefined
  }
}
