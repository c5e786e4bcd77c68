/** Adds an amount to a column of many rows in one go. A row that is named but not there is a fault of this program. */

import { CompiledQuery, sql, type RawBuilder } from 'kysely'
import { invariant } from '../../../base/invariant.ts'
import { dialectOf, type CentreQueries } from './centre-database.ts'
import type { CentreSchema } from './schema.ts'
import { ManyRows } from './sqlite-statements.ts'

export interface Addition<Key extends string, Column extends string> {
  readonly table: keyof CentreSchema
  readonly keys: readonly Key[]
  readonly column: Column
}

/** Rows of the same keys are added up. */
export async function addToRows<Key extends string, Column extends string>(
  db: CentreQueries,
  { table, keys, column }: Addition<Key, Column>,
  rows: readonly (Readonly<Record<Key, string | number>> & Readonly<Record<Column, number>>)[]
): Promise<void> {
  const merged = new Map<string, { readonly key: readonly (string | number)[]; amount: number }>()
  for (const row of rows) {
    const key = keys.map((name) => row[name])
    const known = merged.get(key.join(' '))
    if (known === undefined) merged.set(key.join(' '), { key, amount: row[column] })
    else known.amount += row[column]
  }
  const moved = [...merged.values()].filter(({ amount }) => amount !== 0)
  if (moved.length === 0) return
  for (const { amount } of moved) invariant(Number.isSafeInteger(amount), `${amount} is no amount in fen`)
  const asRow = ({ key, amount }: (typeof moved)[number]): object =>
    Object.fromEntries([...keys.map((name, index) => [name, key[index]]), [column, amount]])
  const parameters = new ManyRows(moved.map(({ key, amount }) => [amount, ...key]))
  const written =
    dialectOf(db) === 'sqlite'
      ? await db.executeQuery(CompiledQuery.raw(sqliteUpdate(table, keys, column), [parameters]))
      : await postgresUpdate(table, keys, column, moved.map(asRow)).execute(db)
  invariant(written.numAffectedRows === BigInt(moved.length), `${moved.length} rows of ${table} to be moved, ${written.numAffectedRows} found`)
}

const sqliteUpdate = (table: string, keys: readonly string[], column: string): string =>
  `update "${table}" set "${column}" = "${column}" + ? where ${keys.map((key) => `"${key}" = ?`).join(' and ')}`

function postgresUpdate(table: string, keys: readonly string[], column: string, rows: readonly object[]): RawBuilder<unknown> {
  const same = sql.join(keys.map((key) => sql`${sql.ref(`${table}.${key}`)} = ${sql.ref(`move.${key}`)}`), sql` and `)
  return sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(`${table}.${column}`)} + ${sql.ref(`move.${column}`)}
    from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json) as move where ${same}`
}
