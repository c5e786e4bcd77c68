/**
 * One process at a time may hold a card, a PSAM or another simulated chip: two terminals cannot have one card in their
 * readers. The lock is SQLite's own file lock on `<path>.lock`, because it is the one lock of the operating system that
 * Node reaches on every platform without a native module of ours, and the system releases it when a process is killed.
 * The empty lock file stays behind; it means nothing by itself.
 */

import Database from 'better-sqlite3'
import { ok, refuse, type Result } from '../../base/result.ts'

export interface FileLock {
  release(): void
}

export type FileInUse = { readonly kind: 'file-in-use'; readonly path: string }

export function lockFile(path: string): Result<FileLock, FileInUse> {
  const lock = new Database(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return ok({ release: () => void lock.close() })
  } catch (cause) {
    lock.close()
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) {
      return refuse({ kind: 'file-in-use', path })
    }
    throw cause
  }
}
