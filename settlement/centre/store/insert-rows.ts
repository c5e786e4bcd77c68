/**
 * Writes many rows in one go. PostgreSQL takes them as one JSON text in one statement and makes columns of it itself, as fast
 * as from arrays; SQLite runs one prepared statement over them, which is three times as fast as letting it read JSON.
 */

import { CompiledQuery, sql, type RawBuilder } from 'kysely'
import { invariant } from '../../../base/invariant.ts'
import { dialectOf, type CentreQueries } from './centre-database.ts'
import type { CentreSchema } from './schema.ts'
import { ManyRows, ONCE } from './sqlite-statements.ts'

/**
 * All rows have the columns of the first. Within a transaction, unless the rows stand for themselves. `onConflict` is SQL
 * that both databases know, such as "on conflict do nothing"; no row may then meet another of the same call.
 */
export async function insertRows<Table extends keyof CentreSchema>(
  db: CentreQueries,
  table: Table,
  rows: readonly CentreSchema[Table][],
  onConflict = ''
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first)
  const shared = sharedBy(rows, columns)
  const own = columns.filter((column) => !shared.has(column))
  const written =
    dialectOf(db) === 'sqlite'
      ? await db.executeQuery(CompiledQuery.raw(`${sqliteInsert(table, [...shared, ...own], shared, first)} ${onConflict}`, [manyRows(rows, own)]))
      : await postgresInsert(table, columns, rows, onConflict, shared).execute(db)
  // On a conflict a row may rightly be left out.
  invariant(onConflict !== '' || written.numAffectedRows === BigInt(rows.length), `${rows.length} rows for ${table}, ${written.numAffectedRows} written`)
}

/** Fewer rows gain less by it than a statement of their own costs. */
const SHARING_ROWS_MIN = 64

/**
 * Columns that have one value in all rows: half of a settlement's, for a batch comes from one terminal and most funds pay nothing.
 * It is said once and not with every row.
 */
function sharedBy(rows: readonly object[], columns: readonly string[]): ReadonlySet<string> {
  if (rows.length < SHARING_ROWS_MIN) return NO_COLUMNS
  const values = rows as readonly Readonly<Record<string, unknown>>[]
  const shared = columns.filter((column) => {
    const value = values[0]?.[column]
    return isPlain(value) && values.every((row) => row[column] === value)
  })
  return shared.length === columns.length ? NO_COLUMNS : new Set(shared)
}

const NO_COLUMNS: ReadonlySet<string> = new Set()

type Plain = string | number | null

/** A literal of SQL can be written of it. */
const isPlain = (value: unknown): value is Plain =>
  value === null || Number.isSafeInteger(value) || (typeof value === 'string' && value.length <= SHARED_LENGTH_MAX && !value.includes('\0'))

const SHARED_LENGTH_MAX = 100

const literal = (value: unknown): string => {
  invariant(isPlain(value), 'no literal is written of this')
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

function sqliteInsert(table: string, columns: readonly string[], shared: ReadonlySet<string>, first: object): string {
  const values = first as Readonly<Record<string, unknown>>
  const list = columns.map((column) => (shared.has(column) ? literal(values[column]) : '?'))
  return `${shared.size === 0 ? '' : ONCE}insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) values (${list.join(', ')})`
}

const manyRows = (rows: readonly object[], columns: readonly string[]): ManyRows =>
  new ManyRows(
    rows.map((row) => {
      const values = row as Readonly<Record<string, unknown>>
      return columns.map((column) => values[column])
    })
  )

function postgresInsert(table: string, columns: readonly string[], rows: readonly object[], onConflict: string, shared: ReadonlySet<string>): RawBuilder<unknown> {
  const target = sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})`
  const conflict = sql.raw(onConflict)
  const entries = rows.map((row): [string, unknown][] => Object.entries(row))
  if (!entries.some((row) => row.some(([, value]) => value instanceof Uint8Array))) {
    if (shared.size === 0) {
      const list = sql.join(columns.map((column) => sql.ref(column)))
      return sql`${target} select ${list} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json) ${conflict}`
    }
    const list = sql.join(columns.map((column) => sql.ref(`${shared.has(column) ? 'alike' : 'made'}.${column}`)))
    const own = columns.filter((column) => !shared.has(column))
    const made = sql`json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(only(rows, own))}::json) as made`
    const alike = sql`json_populate_record(null::${sql.table(table)}, ${JSON.stringify(only(rows.slice(0, 1), [...shared])[0])}::json) as alike`
    return sql`${target} select ${list} from ${alike} cross join ${made} ${conflict}`
  }
  const { json, bytes, byteColumns } = withoutBytes(entries)
  const list = sql.join(columns.map((column) => (byteColumns.has(column) ? sliceOf(column, bytes) : sql.ref(`made.${column}`))))
  const lines = sql`json_array_elements(${json}::json) as line`
  return sql`${target} select ${list} from ${lines}, json_populate_record(null::${sql.table(table)}, line.value) as made ${conflict}`
}

const only = (rows: readonly object[], columns: readonly string[]): object[] =>
  rows.map((row) => {
    const values = row as Readonly<Record<string, unknown>>
    const kept: Record<string, unknown> = {}
    for (const column of columns) kept[column] = values[column]
    return kept
  })

/** Bytes in JSON would have to be hex, which costs more than the insert: they go beside it, as they are, one after the other. */
function withoutBytes(rows: readonly [string, unknown][][]) {
  const byteColumns = new Set<string>()
  const pieces: Uint8Array[] = []
  let length = 0
  const placed = rows.map((row) =>
    Object.fromEntries(
      row.flatMap(([column, value]): [string, unknown][] => {
        if (!(value instanceof Uint8Array)) return [[column, value]]
        byteColumns.add(column)
        pieces.push(value)
        length += value.length
        return [[`${column} begins`, length - value.length + 1], [`${column} length`, value.length]]
      })
    )
  )
  return { json: JSON.stringify(placed), bytes: Buffer.concat(pieces), byteColumns }
}

/** Of a row without bytes there: nothing. */
const sliceOf = (column: string, bytes: Uint8Array): RawBuilder<unknown> =>
  sql`substring(${bytes}::bytea from (line.value->>${sql.lit(`${column} begins`)})::int for (line.value->>${sql.lit(`${column} length`)})::int)`
