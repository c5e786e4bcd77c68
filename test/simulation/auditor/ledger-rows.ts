/** A terminal's ledger file, read by the auditor's own SQL on a connection of his own. */

import Sqlite, { type Database, type Statement } from 'better-sqlite3'
import { AuditFailure } from './failure.ts'
import { openForReading, wholeOf, type Row } from './row-source.ts'

export interface FactRow {
  readonly sequence: number
  readonly kind: string
  readonly content: Uint8Array
  readonly hash: Uint8Array
}

const FACTS = 'SELECT sequence, kind, content, hash FROM fact WHERE sequence > ? ORDER BY sequence'

export class LedgerRows {
  readonly path: string
  readonly #database: Database
  readonly #facts: Statement
  readonly #version: Statement
  #seen = -1

  readonly #prepared = new Map<string, Statement>()

  /** Throws AuditFailure, as every reading does, when the file is no ledger any more. */
  constructor(path: string) {
    this.path = path
    this.#database = readable(path, () => openForReading(path))
    this.#facts = this.#prepare(FACTS)
    this.#version = this.#prepare('SELECT data_version AS version FROM pragma_data_version')
  }

  /** Whether somebody has written since the last time that this was asked. */
  hasChanged(): boolean {
    const { version } = readable(this.path, () => this.#version.get()) as { readonly version: number }
    const changed = version !== this.#seen
    this.#seen = version
    return changed
  }

  factsAfter(sequence: number): readonly FactRow[] {
    return readable(this.path, () => this.#facts.all(sequence)) as FactRow[]
  }

  hashAt(sequence: number): Uint8Array | undefined {
    const row = readable(this.path, () => this.#prepare('SELECT hash FROM fact WHERE sequence = ?').get(sequence))
    return (row as { readonly hash: Uint8Array } | undefined)?.hash
  }

  /** Any other reading; a table that an older schema has not is no rows. */
  rows(sql: string, ...parameters: readonly (string | number)[]): readonly Row[] {
    return readable(this.path, () => this.#prepare(sql).all(...parameters)) as Row[]
  }

  /** Everything that `read` reads is of one moment, whoever writes meanwhile. */
  snapshot(read: () => void): void {
    this.#database.transaction(read)()
  }

  close(): void {
    this.#database.close()
  }

  #prepare(sql: string): Statement {
    const known = this.#prepared.get(sql) ?? readable(this.path, () => this.#database.prepare(sql))
    this.#prepared.set(sql, known)
    return known
  }
}

/** What SQLite says of a file whose pages are not those that were flushed. */
const DAMAGED: ReadonlySet<string> = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CORRUPT_INDEX', 'SQLITE_CORRUPT_SEQUENCE', 'SQLITE_CORRUPT_VTAB'])

/** A ledger that nobody can read has lost every fact that was durable in it. */
function readable<Value>(path: string, read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof Sqlite.SqliteError) || !DAMAGED.has(cause.code)) throw cause
    throw new AuditFailure('fact-stays', `${path.split('/').slice(-3).join('/')} cannot be read: ${cause.message}`)
  }
}

/** Sequences of the facts that the centre judged otherwise, or not at all: each has a reason and an owner there. */
export const parkedIn = (rows: LedgerRows): ReadonlySet<number> => new Set(rows.rows('SELECT sequence FROM parked').map((row) => wholeOf(row, 'sequence')))

/** Those of them that the centre did not book, not even when they came once more. */
export const refusedIn = (rows: LedgerRows): ReadonlySet<number> =>
  new Set(rows.rows("SELECT sequence FROM parked WHERE state <> 'resolved' AND json_extract(verdict, '$.kind') <> 'answer-differs'").map((row) => wholeOf(row, 'sequence')))
