/** A small file that is there as a whole or not at all, also after a power cut. */

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../../../settlement/store/sqlite/sync-folder.ts'

/** `mode`: of a new file. What is there already is replaced. */
export function writeDurably(path: string, text: string, mode: number): void {
  const draft = `${path}-new`
  rmSync(draft, { force: true })
  const file = openSync(draft, 'wx', mode)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  syncFolder(dirname(path))
}
