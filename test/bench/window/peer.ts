import { join } from 'node:path'

/** Folder of the program with the empty window and the bare table. */
export const PEER = join(import.meta.dirname, 'peer')
