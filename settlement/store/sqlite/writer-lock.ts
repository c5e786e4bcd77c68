/**
 * One writer a ledger, so that nobody resolves a hold whose debit another process has under way. The lock is SQLite's own,
 * on an empty file beside the ledger: the operating system frees it when the process ends, however it ends.
 */

import type { Database } from 'better-sqlite3'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { StoreFailure } from '../../ledger/refusal.ts'
import { fileFailure, storeFailure } from './failure.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'
import { realPathOf } from './real-path.ts'

export interface WriterLock {
  free(): void
}

/** Another process writes this file, or its folder takes no lock. */
export type LockRefusal = { readonly kind: 'in-use'; readonly path: string; readonly waitedMs: number } | StoreFailure

/** Waits at most `waitMs` for another writer to end. Links to the file lead to its one lock; hard links do not. */
export function lockForWriting(path: string, waitMs: number, open: OpenDatabase = openDatabase): Result<WriterLock, LockRefusal> {
  let lock: Database | undefined
  try {
    lock = open(`${realPathOf(path)}-writer`, { timeout: waitMs })
    // Without a journal the lock never writes: the file stays empty.
    lock.pragma('journal_mode = OFF')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock?.close()
    const failure = storeFailure(cause) ?? fileFailure(cause)
    return refuse(failure.cause === 'busy' ? { kind: 'in-use', path, waitedMs: waitMs } : failure)
  }
  const held = lock
  return ok({ free: () => held.close() })
}
