/** Where the parts of the built program lie, from the folder of this very bundle; packaged, all of it is in one archive. */

import { dirname, join } from 'node:path'

const DIST = dirname(__dirname)
const ROOT = dirname(DIST)

export const PAGE_FOLDER = join(DIST, 'renderer')
export const PRELOAD_FILE = join(DIST, 'preload', 'preload.js')
export const HOST_FILE = join(DIST, 'host', 'process.js')
export const READER_FILE = join(DIST, 'reader', 'process.js')
export const FIXTURES_FOLDER = join(ROOT, 'fixtures')

/** Development only: the Node that npm installed beside this program. */
export const PINNED_NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
