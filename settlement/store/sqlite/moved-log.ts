/**
 * Whether all that a log has committed stands in its database. SQLite begins a log anew only then, and writes its header first: when the
 * power goes in that moment, the header is a part of the new one and a part of the old, and behind it lie the frames of a round that
 * nobody needs any more. A header that is broken otherwise, before the log was moved, leaves pages that differ.
 */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Of one round, in order, with its page and what its header says. */
export interface LogFrame {
  /** From 1. */
  readonly page: number
  /** Pages of the database after this commit; 0: it commits nothing. */
  readonly pagesAfter: number
  /** Lent until the next frame is asked for. */
  readonly bytes: Uint8Array
}

export function isMoved(databasePath: string, frames: Iterable<LogFrame>): boolean {
  const { pages, pagesAfter } = committed(frames)
  const database = openSync(databasePath, 'r')
  try {
    const size = fstatSync(database).size
    for (const [page, bytes] of pages) {
      if (page > pagesAfter) continue
      const at = (page - 1) * bytes.length
      const stored = Buffer.alloc(bytes.length)
      if (at + bytes.length > size || readSync(database, stored, 0, stored.length, at) < stored.length || !stored.equals(bytes)) return false
    }
    return true
  } finally {
    closeSync(database)
  }
}

/** Each page as the last commit left it. */
function committed(frames: Iterable<LogFrame>): { readonly pages: ReadonlyMap<number, Uint8Array>; readonly pagesAfter: number } {
  const pages = new Map<number, Uint8Array>()
  let open = new Map<number, Uint8Array>()
  let last = 0
  for (const { page, pagesAfter, bytes } of frames) {
    open.set(page, new Uint8Array(bytes))
    if (pagesAfter === 0) continue
    for (const [number, written] of open) pages.set(number, written)
    open = new Map()
    last = pagesAfter
  }
  return { pages, pagesAfter: last }
}
