/** Rows into a table, some at a time: half of what a single insert costs is the call. */

import type { Database as SqliteDatabase, Statement } from 'better-sqlite3'

type Value = string | number | null

const ROWS = 20

export class BatchInsert {
  readonly #database: SqliteDatabase
  readonly #table: string
  readonly #columns: number
  readonly #whole: Statement
  #values: Value[] = []

  /** `table` is a name of ours, never text from outside. */
  constructor(database: SqliteDatabase, table: string, columns: number) {
    this.#database = database
    this.#table = table
    this.#columns = columns
    this.#whole = this.#prepared(ROWS)
  }

  add(...row: readonly Value[]): void {
    this.#values.push(...row)
    if (this.#values.length < ROWS * this.#columns) return
    this.#whole.run(this.#values)
    this.#values = []
  }

  /** Those that are too few for a whole one; to be called before the table is read. */
  flush(): void {
    const rows = this.#values.length / this.#columns
    if (rows > 0) this.#prepared(rows).run(this.#values)
    this.#values = []
  }

  #prepared(rows: number): Statement {
    const row = `(${Array.from({ length: this.#columns }, () => '?').join(', ')})`
    return this.#database.prepare(`INSERT INTO ${this.#table} VALUES ${Array.from({ length: rows }, () => row).join(', ')}`)
  }
}
