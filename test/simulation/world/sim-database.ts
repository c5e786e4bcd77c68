/**
 * better-sqlite3 on a real file, watched: before each statement the program may be killed, and what the disk refuses is refused
 * with SQLite's own codes. In front of SQLite and not under it: the shipped statements, transactions and recovery run as they are.
 */

import Database from 'better-sqlite3'
import type { Life } from './life.ts'

/** What happens to one statement. */
export type StatementFault = 'killed' | 'power-lost' | 'full' | 'busy' | 'error'

export type DatabaseFaults = (statement: StatementKind) => StatementFault | undefined

/**
 * `commit`: ends a transaction that may write, or is one by itself. `begin`: of such a transaction; one that only reads takes no
 * lock that anybody could have, and its end writes nothing. `checkpoint`: moves the log into the database.
 */
export type StatementKind = 'read' | 'begin' | 'write' | 'commit' | 'checkpoint' | 'other'

export interface Watch {
  readonly life: Life
  readonly faults: DatabaseFaults
  /** Does the work and loses the power in it. */
  readonly powerLostIn: (work: () => void) => never
  /** Whether commits are flushed from now on. */
  readonly flushing: (isFlushing: boolean) => void
  /** Something may be another than before. */
  readonly written: () => void
}

const CODES = {
  full: ['SQLITE_FULL', 'database or disk is full'],
  busy: ['SQLITE_BUSY', 'database is locked'],
  error: ['SQLITE_IOERR_WRITE', 'disk I/O error']
} as const

const METHODS = ['run', 'get', 'all', 'iterate'] as const

type Statement = Database.Statement

export function watchedDatabase(path: string, options: Database.Options | undefined, watch: Watch): Database.Database {
  const database = new Database(path, options)
  const flushes = new Flushes(watch.flushing)
  let isWriting = false
  const pass = <Value>(sql: string, work: () => Value): Value => {
    watch.life.check()
    const kind = kindOf(sql, database.inTransaction, isWriting)
    const fault = watch.faults(kind)
    if (fault !== undefined) suffer(fault, kind, watch, work)
    const value = work()
    isWriting = kind === 'begin' || (database.inTransaction && (isWriting || kind === 'write'))
    flushes.note(sql, kind)
    if (kind === 'commit' || kind === 'other') watch.written()
    return value
  }
  const prepare = database.prepare.bind(database) as (sql: string) => Statement
  const exec = database.exec.bind(database)
  const pragma = database.pragma.bind(database)
  return Object.assign(database, {
    prepare: (sql: string) => watchedStatement(prepare(sql), sql, pass),
    exec: (sql: string) => {
      pass(sql, () => exec(sql))
      return database
    },
    pragma: (sql: string, asked?: Database.PragmaOptions): unknown => pass(`PRAGMA ${sql}`, () => pragma(sql, asked))
  })
}

type Pass = <Value>(sql: string, work: () => Value) => Value

/** Its own methods are put before those of its class, so that whoever chains `pluck` keeps them. */
function watchedStatement(statement: Statement, sql: string, pass: Pass): Statement {
  for (const name of METHODS) {
    const method = statement[name].bind(statement) as (...parameters: unknown[]) => unknown
    Object.defineProperty(statement, name, { value: (...parameters: unknown[]) => pass(sql, () => method(...parameters)) })
  }
  return statement
}

function suffer(fault: StatementFault, kind: StatementKind, watch: Watch, work: () => unknown): void {
  switch (fault) {
    case 'killed':
      return watch.life.kill()
    case 'power-lost':
      return watch.powerLostIn(() => void work())
    case 'full':
    case 'error':
      if (kind === 'write' || kind === 'commit') throw sqliteError(fault)
      return
    case 'busy':
      if (kind === 'begin') throw sqliteError(fault)
      return
  }
}

function sqliteError(fault: 'full' | 'busy' | 'error'): Error {
  const [code, message] = CODES[fault]
  return new Database.SqliteError(message, code)
}

const READS = /^\s*(SELECT|WITH|VALUES|EXPLAIN|PRAGMA\s+wal_checkpoint\(NOOP\))/i
const BEGINS = /^\s*BEGIN\s+(IMMEDIATE|EXCLUSIVE)\b/i
const BEGINS_TO_READ = /^\s*BEGIN\b/i
const COMMITS = /^\s*(COMMIT|END)\b/i
const WRITES = /^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b/i
const CHECKPOINTS = /^\s*PRAGMA\s+wal_checkpoint\((PASSIVE|FULL|RESTART|TRUNCATE)\)/i

function kindOf(sql: string, inTransaction: boolean, isWriting: boolean): StatementKind {
  if (READS.test(sql)) return 'read'
  if (BEGINS.test(sql)) return 'begin'
  if (BEGINS_TO_READ.test(sql)) return 'read'
  if (COMMITS.test(sql)) return isWriting ? 'commit' : 'read'
  if (WRITES.test(sql)) return inTransaction ? 'write' : 'commit'
  return CHECKPOINTS.test(sql) ? 'checkpoint' : 'other'
}

/** The driver's own default for a write-ahead log: it is flushed at a checkpoint, and no commit waits for that. */
type Synchronous = 'off' | 'normal' | 'full'

const SYNCHRONOUS = /^\s*PRAGMA\s+synchronous\s*=\s*(\w+)/i
const LEVELS: Readonly<Record<string, Synchronous>> = { off: 'off', '0': 'off', normal: 'normal', '1': 'normal', full: 'full', '2': 'full', extra: 'full', '3': 'full' }

/** What was committed while commits are not flushed may be lost, until the next flush takes it along. */
class Flushes {
  readonly #flushing: Watch['flushing']
  #level: Synchronous = 'normal'

  constructor(flushing: Watch['flushing']) {
    this.#flushing = flushing
    flushing(false)
  }

  note(sql: string, kind: StatementKind): void {
    const told = SYNCHRONOUS.exec(sql)?.[1]
    if (told !== undefined) {
      this.#level = LEVELS[told.toLowerCase()] ?? this.#level
      if (this.#level !== 'full') this.#flushing(false)
    } else if ((kind === 'commit' && this.#level === 'full') || (kind === 'checkpoint' && this.#level !== 'off')) this.#flushing(true)
    else if (kind === 'commit') this.#flushing(false)
  }
}
