/** zstd of Node, on its thread pool: the thread that settles goes on meanwhile. */

import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { Compress } from '../../../settlement/sync/ports.ts'

/** The next level saves two bytes in a hundred and takes twice the time. */
const LEVEL = 3

const compressed = promisify(zstdCompress)

export const compressZstd: Compress = async (bytes) =>
  new Uint8Array(await compressed(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } }))
