/**
 * Opens a ledger file. What is not a whole ledger of a version that this program knows is refused by its header, before
 * SQLite opens it, and stays as it is, with nothing new beside it.
 */

import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from 'better-sqlite3'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Ledger, LedgerReader } from '../../ledger/ledger.ts'
import { readLedger } from '../../ledger/read-ledger.ts'
import type { StoreFailure } from '../../ledger/refusal.ts'
import { writeLedger } from '../../ledger/write-ledger.ts'
import type { CloseNotes, ReadableCloseNotes } from '../../close/ports.ts'
import type { ReadableSyncStore, SyncStore } from '../../sync/sync-store.ts'
import { APPLICATION_ID, checkFile, type FileRefusal } from './file-header.ts'
import { sqliteCloseNotes, sqliteCloseNotesReader } from './close-notes.ts'
import { keepPromises } from './connection.ts'
import { damagedFrame } from './damaged-log.ts'
import { fileFailure, storeFailure } from './failure.ts'
import { migrate, VERSION_MAX } from './migration.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'
import { realPathOf } from './real-path.ts'
import { sorted, sqliteReader } from './sqlite-reader.ts'
import { syncFolder } from './sync-folder.ts'
import { sqliteWriter } from './sqlite-writer.ts'
import { sqliteSyncReader, sqliteSyncStore } from './sync-store.ts'
import { checkpoint, LogGrowth, type Checkpoint } from './write-ahead-log.ts'
import { lockForWriting, type LockRefusal, type WriterLock } from './writer-lock.ts'

export type OpenRefusal =
  | FileRefusal
  /** Of who only reads: whoever opens it for writing brings it up to this program's version. */
  | { readonly kind: 'older-version'; readonly path: string; readonly version: number; readonly versionNeeded: number }
  | LockRefusal

export interface WriteOptions {
  readonly path: string
  /** Whether a ledger that is not there is begun. Its folder must exist. */
  readonly create: boolean
  /** Bytes to which a till grows its write-ahead log; checkpoints are then left to `checkpointIdle`. Default: none. */
  readonly logBytes?: number
  /** Default at-once: `openLedger` returns when the log has grown. later: `growLog` is called when nobody waits. */
  readonly growth?: 'at-once' | 'later'
  /** How long to wait for another writer. Default 2000. */
  readonly waitMs?: number
  /** Default: with the driver. */
  readonly open?: OpenDatabase
}

export interface SqliteLedger extends Ledger {
  /** A slice of some milliseconds, to be called when nobody waits, until it answers true. For `growth: 'later'`. */
  growLog(): Result<boolean, StoreFailure>
  /**
   * To be called when nobody waits, if the log was grown; moves what has been committed out of the log. `leastFrames`: only when
   * there are so many pages; a thousand take some milliseconds. Default: any.
   */
  checkpointIdle(leastFrames?: number): Result<Checkpoint, StoreFailure>
  /** Runs `work`, whose writes become durable together with one flush. */
  batch<Value>(work: () => Value): Result<Value, StoreFailure>
  /** How far this terminal and its centre agree, in the same file: its transactions may write the ledger too. */
  readonly sync: SyncStore
  /** What is said while a day is being closed. */
  readonly closeNotes: CloseNotes
}

export interface SqliteLedgerReader extends LedgerReader {
  readonly sync: ReadableSyncStore
  readonly closeNotes: ReadableCloseNotes
}

const WAIT_MS = 2000

export function openLedger(options: WriteOptions): Result<SqliteLedger, OpenRefusal> {
  const { path, create, waitMs = WAIT_MS, open = openDatabase } = options
  const found = checkFile(path, VERSION_MAX)
  const isNew = !found.ok && found.error.kind === 'ledger-missing' && create
  if (!found.ok && !isNew) return found
  if (isNew && !isFolder(dirname(path))) return refuse({ kind: 'folder-missing', path })
  return opening(() => {
    const file = realPathOf(path)
    // A new ledger would take the pages of the old one's log for its own.
    if (isNew && existsSync(`${file}-wal`)) {
      return refuse({ kind: 'unreadable', path, detail: 'its write-ahead log is there and the ledger itself is not' })
    }
    const lock = lockForWriting(path, waitMs, open)
    if (!lock.ok) return lock
    try {
      const frame = damagedFrame(`${file}-wal`)
      if (frame !== undefined) {
        lock.value.free()
        return refuse({ kind: 'store-failure', cause: 'corrupt', detail: `its write-ahead log is damaged at frame ${frame}, and commits follow` })
      }
      if (!existsSync(file)) begin(file, open)
      return ok(openWritable({ ...options, path: file }, lock.value))
    } catch (cause) {
      lock.value.free()
      throw cause
    }
  })
}

export function openLedgerForReading(path: string): Result<SqliteLedgerReader, OpenRefusal> {
  const found = checkFile(path, VERSION_MAX)
  if (!found.ok) return found
  if (found.value < VERSION_MAX) {
    return refuse({ kind: 'older-version', path, version: found.value, versionNeeded: VERSION_MAX })
  }
  return opening(() => {
    const database = openDatabase(path, { readonly: true, fileMustExist: true })
    return ok(
      closedOnFailure(database, () => ({
        ...readLedger(sqliteReader(database)),
        sync: sqliteSyncReader(database),
        closeNotes: sqliteCloseNotesReader(database)
      }))
    )
  })
}

/** A file may be damaged in any way: whatever SQLite or the file system says about it is a refusal. */
function opening<Opened>(open: () => Result<Opened, OpenRefusal>): Result<Opened, OpenRefusal> {
  try {
    return open()
  } catch (cause) {
    return refuse(storeFailure(cause) ?? fileFailure(cause))
  }
}

/** A new ledger gets its name when it is complete, so that a crash leaves none or a whole one. */
function begin(path: string, open: OpenDatabase): void {
  const draft = `${path}-new`
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${suffix}`, { force: true })
  const database = open(draft)
  database.pragma(`application_id = ${APPLICATION_ID}`)
  migrate(database)
  database.pragma('journal_mode = WAL')
  database.close()
  renameSync(draft, path)
  syncFolder(dirname(path))
}

/** 2 MB: about ten milliseconds. */
const GROWTH_FRAMES = 512

function openWritable({ path, logBytes, growth = 'at-once', waitMs = WAIT_MS, open = openDatabase }: WriteOptions, lock: WriterLock): SqliteLedger {
  const database = open(path, { fileMustExist: true, timeout: waitMs })
  return closedOnFailure(database, () => {
    keepPromises(database)
    migrate(database)
    const log = logBytes === undefined ? undefined : new LogGrowth(database, logBytes)
    if (growth === 'at-once') log?.grow(Number.MAX_SAFE_INTEGER)
    return sqliteLedger(database, lock, log)
  })
}

function closedOnFailure<Value>(database: Database, work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    database.close()
    throw cause
  }
}

function sqliteLedger(database: Database, lock: WriterLock, log: LogGrowth | undefined): SqliteLedger {
  const store = sqliteWriter(database)
  return {
    ...writeLedger(store),
    growLog: () => sorted(() => log === undefined || log.grow(GROWTH_FRAMES)),
    checkpointIdle: (leastFrames) => sorted(() => checkpoint(database, leastFrames)),
    batch: (work) => store.transaction(work),
    sync: sqliteSyncStore(database),
    closeNotes: sqliteCloseNotes(database),
    close: () => {
      store.close()
      lock.free()
    }
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
