import { closeSync, fsyncSync, openSync } from 'node:fs'

/** What a system says that keeps the names of a folder by itself and lets nobody flush them: Windows. */
const NOT_NEEDED: ReadonlySet<unknown> = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL'])

/** Makes a new name in the folder durable where the file system asks for it. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && NOT_NEEDED.has(cause.code))) throw cause
  }
}
