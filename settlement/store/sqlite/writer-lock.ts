/**
 * One writer a ledger, so that nobody resolves a hold whose debit another process has under way. The lock is SQLite's own,
 * on an empty file beside the ledger: the operating system frees it when the process ends, however it ends.
 */

import Database from 'better-sqlite3'
import { storeFailure } from './failure.ts'

export interface WriterLock {
  free(): void
}

/** Waits at most `waitMs` for another writer to end; undefined when it did not. */
export function lockForWriting(path: string, waitMs: number): WriterLock | undefined {
  const lock = new Database(`${path}-writer`, { timeout: waitMs })
  try {
    // Without a journal the lock never writes: the file stays empty.
    lock.pragma('journal_mode = OFF')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if (storeFailure(cause)?.cause === 'busy') return undefined
    throw cause
  }
  return { free: () => lock.close() }
}
