/**
 * better-sqlite3 as Kysely wants it, with two additions. Statements are kept, for compiling one costs more than running it.
 * And a statement may be run over many rows in one call: `ManyRows` in place of its parameters, which is what `insertRows`
 * rests on.
 */

import type { Database, Statement } from 'better-sqlite3'
import type { SqliteDatabase, SqliteStatement } from 'kysely'

/** Statements kept; the oldest goes. */
const STATEMENTS_MAX = 200
/** Longer texts are lists of values made for one time. */
const KEPT_LENGTH_MAX = 4_000

/** Before a statement that has values of its own in it and will not come again. */
export const ONCE = '/* once */ '

/** Rows of parameters, one run of the statement each. */
export class ManyRows {
  readonly rows: readonly (readonly unknown[])[]

  constructor(rows: readonly (readonly unknown[])[]) {
    this.rows = rows
  }
}

export function cachedStatements(database: Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => {
      kept.clear()
      database.close()
    },
    prepare: (sql) => {
      const known = kept.get(sql)
      if (known !== undefined) return known
      const statement = overManyRows(database.prepare(sql))
      if (sql.length > KEPT_LENGTH_MAX || sql.startsWith(ONCE)) return statement
      const [oldest] = kept.keys()
      if (kept.size >= STATEMENTS_MAX && oldest !== undefined) kept.delete(oldest)
      kept.set(sql, statement)
      return statement
    }
  }
}

const overManyRows = (statement: Statement): SqliteStatement => ({
  reader: statement.reader,
  all: (parameters) => statement.all(parameters),
  iterate: (parameters) => statement.iterate(parameters),
  run: (parameters) => {
    const [first] = parameters
    if (!(first instanceof ManyRows)) return statement.run(parameters)
    let changes = 0
    for (const row of first.rows) changes += statement.run(row).changes
    return { changes, lastInsertRowid: 0 }
  }
})
