/**
 * What installing a pack does to the disk, one step at a time, so that a test can end the program between any two of them.
 * A file is written under another name, flushed and renamed: it is there as a whole or not at all, also after a power cut.
 */

import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../../../settlement/store/sqlite/sync-folder.ts'

export interface FileSteps {
  readonly makeFolder: (path: string) => void
  /** Under a name that nobody reads; what an earlier attempt left there is replaced. */
  readonly writeDraft: (path: string, bytes: Uint8Array) => void
  readonly flush: (path: string) => void
  readonly rename: (from: string, to: string) => void
  readonly flushFolder: (path: string) => void
  readonly remove: (path: string) => void
}

const MODE = 0o644

export const diskSteps: FileSteps = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  writeDraft: (path, bytes) => {
    const file = openSync(path, 'w', MODE)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    } finally {
      closeSync(file)
    }
  },
  flush: (path) => {
    const file = openSync(path, 'r+')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  rename: (from, to) => renameSync(from, to),
  flushFolder: (path) => syncFolder(path),
  remove: (path) => rmSync(path, { force: true })
}

export const DRAFT_SUFFIX = '-new'

export function writeWhole(steps: FileSteps, path: string, bytes: Uint8Array): void {
  const draft = `${path}${DRAFT_SUFFIX}`
  steps.writeDraft(draft, bytes)
  steps.flush(draft)
  steps.rename(draft, path)
  steps.flushFolder(dirname(path))
}
