/**
 * Rows of an import in a database of their own, which SQLite keeps in a file without a name and forgets when it is closed: a
 * nation's catalogue is never in memory as a whole.
 */

import Database, { type Database as SqliteDatabase, type Statement } from 'better-sqlite3'
import { BatchInsert } from './batch-insert.ts'
import { emptyRows, keyOf, OF_ENTRY, ROW_KINDS, type Group, type Placed, type RowKind, type RowOf, type RowStore } from '../import/rows.ts'

const CACHE_KB = 8_000

/** Code, kind, file, line, row. */
type StagedRow = readonly [string, number, number, number, string]

export class StagedRows implements RowStore {
  readonly #database: SqliteDatabase
  readonly #staged: BatchInsert
  readonly #match: Statement
  readonly #codes: Statement<[string], string>

  constructor() {
    this.#database = new Database('')
    this.#database.pragma(`cache_size = -${CACHE_KB}`)
    // Nobody needs it after a crash.
    this.#database.pragma('journal_mode = OFF')
    this.#database.pragma('synchronous = OFF')
    this.#database.exec(`
      CREATE TABLE staged (code TEXT NOT NULL, kind INTEGER NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, row TEXT NOT NULL) STRICT;
      CREATE TABLE match (hilist TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (hilist, code)) STRICT, WITHOUT ROWID;
      BEGIN;
    `)
    this.#staged = new BatchInsert(this.#database, 'staged', 5)
    this.#match = this.#database.prepare('INSERT OR IGNORE INTO match VALUES (?, ?)')
    this.#codes = this.#database.prepare<[string], string>('SELECT code FROM match WHERE hilist = ? ORDER BY code').pluck()
  }

  put<Of extends RowKind>(kind: Of, { file, line, row }: Placed<RowOf[Of]>): void {
    this.#staged.add(keyOf(row), ROW_KINDS.indexOf(kind), file, line, JSON.stringify(row))
  }

  match(hilist: string, code: string): boolean {
    return this.#match.run(hilist, code).changes === 1
  }

  codesOf(hilist: string): readonly string[] {
    const codes = this.#codes.all(hilist)
    return codes.length === 0 ? [hilist] : codes
  }

  *groups(): Generator<Group> {
    this.#staged.flush()
    let [code, rows] = ['', emptyRows()]
    for (const staged of this.#inOrder().iterate()) {
      const [next] = staged
      if (next !== code) {
        if (code !== '') yield { code, rows }
        ;[code, rows] = [next, emptyRows()]
      }
      addTo(rows, staged)
    }
    if (code !== '') yield { code, rows }
  }

  close(): void {
    this.#database.close()
  }

  #inOrder(): Statement<[], StagedRow> {
    const isMatched = this.#database.prepare('SELECT 1 FROM match LIMIT 1').get() !== undefined
    if (!isMatched) return this.#database.prepare<[], StagedRow>('SELECT code, kind, file, line, row FROM staged ORDER BY code, kind, rowid').raw()
    const ofEntry = [...OF_ENTRY].map((kind) => ROW_KINDS.indexOf(kind)).join(', ')
    return this.#database
      .prepare<[], StagedRow>(`SELECT coalesce(m.code, s.code), kind, file, line, row FROM staged s LEFT JOIN match m ON m.hilist = s.code AND s.kind IN (${ofEntry}) ORDER BY 1, kind, s.rowid`)
      .raw()
  }
}

function addTo(rows: ReturnType<typeof emptyRows>, [, kind, file, line, row]: StagedRow): void {
  const name = ROW_KINDS[kind]
  if (name === undefined) return
  const placed: Placed<never> = { file, line, row: JSON.parse(row) as never }
  rows[name].push(placed)
}
