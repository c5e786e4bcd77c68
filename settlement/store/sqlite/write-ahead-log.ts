/**
 * The write-ahead log of a till. A log that has to grow makes every commit 1.7 times dearer, because each flush then
 * writes the file's length too; and a checkpoint inside a settlement is the slowest commit of the day. So a till grows the
 * log once, when it opens, and checkpoints when it is told that nobody waits. The log is never truncated while open, but once: when the
 * disk turns out to be too small for a grown one.
 */

import type { Database } from 'better-sqlite3'
import { VERSION_MAX } from './migration.ts'

const FRAME_HEADER_BYTES = 24
const PAGE_BYTES = 4096

/**
 * Grows the log to `bytes` with frames that change nothing: each commit writes page 1 as it already is. In slices, so that a
 * till which has just opened can serve between two of them; a settlement's own flush makes durable whatever lies before it.
 */
export class LogGrowth {
  readonly #database: Database
  #framesLeft: number

  constructor(database: Database, bytes: number) {
    this.#database = database
    const pageBytes = database.prepare<[], number>('PRAGMA page_size').pluck().get() ?? PAGE_BYTES
    this.#framesLeft = Math.ceil(bytes / (pageBytes + FRAME_HEADER_BYTES))
    database.pragma('wal_autocheckpoint = 0')
  }

  /** Whether the log has its size now. */
  grow(frames: number): boolean {
    if (this.#framesLeft === 0) return true
    this.#database.pragma('synchronous = OFF')
    try {
      this.#write(Math.min(frames, this.#framesLeft))
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_FULL') this.#giveUp()
      throw cause
    } finally {
      // Whatever broke it off: the next commit on this connection may be a hold's.
      this.#database.pragma('synchronous = FULL')
    }
    if (this.#framesLeft === 0) checkpoint(this.#database)
    return this.#framesLeft === 0
  }

  /** The growth has taken the room that settlements need now: it is given back, and they write a log that is as long as they need. */
  #giveUp(): void {
    this.#framesLeft = 0
    this.#database.pragma('wal_checkpoint(TRUNCATE)')
  }

  #write(frames: number): void {
    for (let frame = 0; frame < frames; frame += 1) {
      this.#database.pragma(`user_version = ${VERSION_MAX}`)
      this.#framesLeft -= 1
    }
  }
}

/** What is moved between two steps of other work: 4 MB, some milliseconds. */
export const LOG_SLICE_FRAMES = 1_000

export interface Checkpoint {
  /** Pages in the log, and how many of them are in the database file; equal when the log begins anew. */
  readonly logFrames: number
  readonly checkpointedFrames: number
}

/**
 * Moves the log's pages to the database file, so that the next commit begins at the log's start: once there are `leastFrames` of
 * them, each some microseconds. Waits for nobody: what a reader still needs stays until the next time.
 */
export function checkpoint(database: Database, leastFrames = 1): Checkpoint {
  const before = framesAfter(database, 'NOOP')
  return before.logFrames - before.checkpointedFrames < leastFrames ? before : framesAfter(database, 'PASSIVE')
}

function framesAfter(database: Database, mode: 'NOOP' | 'PASSIVE'): Checkpoint {
  const [row] = database.pragma(`wal_checkpoint(${mode})`) as { log: number; checkpointed: number }[]
  return { logFrames: row?.log ?? 0, checkpointedFrames: row?.checkpointed ?? 0 }
}
