/**
 * A centre in one SQLite file. What is no centre of ours is refused by its header, before SQLite opens it, and stays as it
 * is. A new file gets its name when it is complete.
 */

import { existsSync, linkSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver, type DatabaseConnection } from 'kysely'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { keepPromises } from '../../store/sqlite/connection.ts'
import { fileFailure, storeFailure } from '../../store/sqlite/failure.ts'
import { checkFile, type FileRefusal } from '../../store/sqlite/file-header.ts'
import { openDatabase, type OpenDatabase } from '../../store/sqlite/open-database.ts'
import { realPathOf } from '../../store/sqlite/real-path.ts'
import { syncFolder } from '../../store/sqlite/sync-folder.ts'
import type { StoreFailure } from '../../ledger/refusal.ts'
import type { CentreDatabase } from './centre-database.ts'
import { missingSql, VERSION_MAX } from './migration.ts'
import type { CentreSchema } from './schema.ts'
import { cachedStatements } from './sqlite-statements.ts'

/** "CSCn", in the header of every centre of ours. */
export const CENTRE_APPLICATION_ID = 0x43_53_43_6e

/** How long a statement waits for another process, the command line's for one. It stops everything meanwhile. */
const WAIT_MS = 5_000
/** A batch of 500 facts writes some 420 pages: SQLite's own thousand would carry the log over, with two flushes, at every third. */
const CHECKPOINT_PAGES = 8_000

export type SqliteRefusal = FileRefusal | StoreFailure

/** `create`: whether a file that is not there is begun. `opens`: as a database; default: with the driver. */
export function openSqliteCentre(path: string, create: boolean, opens: OpenDatabase = openDatabase): Result<CentreDatabase, SqliteRefusal> {
  const found = checkFile(path, VERSION_MAX, CENTRE_APPLICATION_ID)
  const isNew = !found.ok && found.error.kind === 'ledger-missing' && create
  if (!found.ok && !isNew) return found
  if (isNew && !isFolder(dirname(path))) return refuse({ kind: 'folder-missing', path })
  if (isNew && existsSync(`${path}-wal`)) {
    return refuse({ kind: 'unreadable', path, detail: 'its write-ahead log is there and the file itself is not' })
  }
  try {
    if (!isNew) return ok(open(realPathOf(path), opens))
    begin(path, opens)
    return openSqliteCentre(path, false, opens)
  } catch (cause) {
    return refuse(storeFailure(cause) ?? fileFailure(cause))
  }
}

/** The draft lies in a folder of nobody else: of two processes that begin the same centre the second finds the first's. */
function begin(path: string, opens: OpenDatabase): void {
  const folder = mkdtempSync(join(dirname(path), '.centre-'))
  try {
    const draft = join(folder, 'draft.db')
    const database = opens(draft)
    database.pragma(`application_id = ${CENTRE_APPLICATION_ID}`)
    migrate(database)
    database.pragma('journal_mode = WAL')
    database.close()
    linkSync(draft, path)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  } finally {
    rmSync(folder, { recursive: true })
  }
  syncFolder(dirname(path))
}

function open(path: string, opens: OpenDatabase): CentreDatabase {
  const database = opens(path, { fileMustExist: true, timeout: WAIT_MS })
  try {
    keepPromises(database)
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    migrate(database)
  } catch (cause) {
    database.close()
    throw cause
  }
  const db = new Kysely<CentreSchema>({ dialect: new ImmediateDialect(database) })
  return {
    db,
    dialect: 'sqlite',
    write: (work) => db.transaction().execute(work),
    close: async () => {
      await db.destroy()
      // Kysely closes what it has asked something, and nothing else.
      database.close()
    }
  }
}

function migrate(database: Database): void {
  const version = database.prepare<[], number>('PRAGMA user_version').pluck().get() ?? 0
  if (version >= VERSION_MAX) return
  database.exec('BEGIN IMMEDIATE')
  try {
    // Asked again: another process may have migrated while this one waited for the lock.
    const now = database.prepare<[], number>('PRAGMA user_version').pluck().get() ?? 0
    for (const sql of missingSql(now, 'sqlite')) database.exec(sql)
    database.pragma(`user_version = ${VERSION_MAX}`)
    database.exec('COMMIT')
  } catch (cause) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw cause
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Database

  constructor(database: Database) {
    super({ database: cachedStatements(database) })
    this.#database = database
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database)
  }
}

/** Every transaction takes the write lock at its beginning: one that reads first and writes later could not wait for it. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database

  constructor(database: Database) {
    super({ database: cachedStatements(database) })
    this.#database = database
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk has rolled back already; the error that says so must not be covered by another one.
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
