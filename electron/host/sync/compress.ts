/** zstd of Node, on its thread pool: the thread that settles goes on meanwhile. */

import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { Compress } from '../../../settlement/sync/ports.ts'

/** As small as level 3 on batches, and cheaper; what saves more costs several times as much. */
const LEVEL = 1

const compressed = promisify(zstdCompress)

export const compressZstd: Compress = async (bytes) =>
  new Uint8Array(await compressed(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } }))
