/**
 * What a till does to the files of its folder, one step at a time: whoever hands in other steps sees each, and can end the program
 * between any two of them. A file is written under another name, flushed and renamed: it is there as a whole or not at all, also
 * after a power cut.
 */

import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, truncateSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncFolder } from '../../../settlement/store/sqlite/sync-folder.ts'

export interface FileSteps {
  readonly makeFolder: (path: string) => void
  /** Under a name that nobody reads; what an earlier attempt left there is replaced. `mode`: of the file, default 0o644. */
  readonly writeDraft: (path: string, bytes: Uint8Array, mode?: number) => void
  /** Behind what is there; begun when it is not. Gives the bytes written. */
  readonly append: (path: string, bytes: Uint8Array) => number
  readonly truncate: (path: string, length: number) => void
  readonly flush: (path: string) => void
  readonly rename: (from: string, to: string) => void
  readonly flushFolder: (path: string) => void
  /** A file, or a folder with all that lies in it; nothing happens when it is not there. */
  readonly remove: (path: string) => void
}

const MODE = 0o644

export const diskSteps: FileSteps = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  writeDraft: (path, bytes, mode = MODE) => {
    // Its mode counts for a file that is made, and an old draft may have had another.
    rmSync(path, { force: true })
    const file = openSync(path, 'wx', mode)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    } finally {
      closeSync(file)
    }
  },
  append: (path, bytes) => {
    const file = openSync(path, 'a', MODE)
    try {
      return writeSync(file, bytes)
    } finally {
      closeSync(file)
    }
  },
  truncate: (path, length) => truncateSync(path, length),
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
  remove: (path) => rmSync(path, { recursive: true, force: true })
}

export const DRAFT_SUFFIX = '-new'

/** What is there already is replaced; `mode`: of the file, default 0o644. */
export function writeWhole(steps: FileSteps, path: string, content: Uint8Array | string, mode?: number): void {
  const draft = `${path}${DRAFT_SUFFIX}`
  steps.writeDraft(draft, typeof content === 'string' ? new TextEncoder().encode(content) : content, mode)
  steps.flush(draft)
  steps.rename(draft, path)
  steps.flushFolder(dirname(path))
}

/** A folder that is not there yet, with files by name: there as a whole or not at all. */
export function beginFolder(steps: FileSteps, folder: string, contents: ReadonlyMap<string, string>): void {
  const draft = `${folder}${DRAFT_SUFFIX}`
  steps.remove(draft)
  steps.makeFolder(draft)
  for (const [file, text] of contents) {
    steps.writeDraft(join(draft, file), new TextEncoder().encode(text))
    steps.flush(join(draft, file))
  }
  steps.rename(draft, folder)
  steps.flushFolder(dirname(folder))
}
