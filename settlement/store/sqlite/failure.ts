/** SQLite's failures sorted into the kinds that a caller can do something about. */

import Database from 'better-sqlite3'
import { MalformedContent } from '../../ledger/canonical.ts'
import type { StoreFailure } from '../../ledger/refusal.ts'

const CAUSES: readonly (readonly [prefix: string, cause: StoreFailure['cause']])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CANTOPEN', 'io']
]

/**
 * While a file is being opened its own schema may be what makes a statement wrong, so there every failure of SQLite is the
 * file's; of the file system likewise. Whatever else was thrown goes on as it came.
 */
export function fileFailure(thrown: unknown): StoreFailure {
  if (thrown instanceof Database.SqliteError) {
    return { kind: 'store-failure', cause: 'corrupt', detail: `${thrown.code}: ${thrown.message}` }
  }
  if (thrown instanceof Error && 'syscall' in thrown) return { kind: 'store-failure', cause: 'io', detail: thrown.message }
  throw thrown
}

/** undefined for what is no outside fault: a constraint or a wrong statement is a fault of this program. */
export function storeFailure(thrown: unknown): StoreFailure | undefined {
  if (thrown instanceof MalformedContent) return { kind: 'store-failure', cause: 'corrupt', detail: thrown.message }
  if (!(thrown instanceof Database.SqliteError)) return undefined
  const cause = CAUSES.find(([prefix]) => thrown.code.startsWith(prefix))?.[1]
  return cause === undefined
    ? undefined
    : { kind: 'store-failure', cause, detail: `${thrown.code}: ${thrown.message}` }
}
