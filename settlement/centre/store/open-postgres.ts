/**
 * A centre in a PostgreSQL database that is its own: an empty one becomes a centre, one with other tables is refused and
 * stays as it is. Several centres may serve the same database.
 */

import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { BrokenInvariant, invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CentreDatabase, CentreTransaction } from './centre-database.ts'
import { missingSql, VERSION_MAX } from './migration.ts'
import type { CentreSchema } from './schema.ts'

export type PostgresRefusal =
  /** No server, no such database, no such user: what the server or the network said. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** And none was to be begun. */
  | { readonly kind: 'empty-database' }
  | { readonly kind: 'another-database'; readonly table: string }
  | { readonly kind: 'newer-database'; readonly version: number; readonly versionMax: number }

const CONNECTIONS_MAX = 8
const CONNECT_TIMEOUT_MS = 5_000
/** A transaction that the server ended to break a deadlock is tried so many times in all. */
const ATTEMPTS_MAX = 4
/** Serialises two centres that bring one database up to date: "CSCn" again. */
const MIGRATION_LOCK = 0x43_53_43_6e

const INT8 = 20
const NUMERIC = 1700
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

/** `create`: whether an empty database becomes a centre. */
export async function openPostgresCentre(url: string, create: boolean): Promise<Result<CentreDatabase, PostgresRefusal>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'caresettle-centre',
    types: { getTypeParser: typeParser }
  })
  // An idle connection that breaks is replaced at the next question, which then fails or does not.
  pool.on('error', () => undefined)
  // One that breaks while it is used fails the question that it was asked. Unheard, the event would end the centre.
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    const migrated = await migrate(pool, create)
    if (migrated.ok) return ok(handle(pool))
    await pool.end()
    return migrated
  } catch (cause) {
    await pool.end()
    if (cause instanceof BrokenInvariant || !(cause instanceof Error)) throw cause
    return refuse({ kind: 'unreachable', detail: describe(cause) })
  }
}

function handle(pool: pg.Pool): CentreDatabase {
  const db = new Kysely<CentreSchema>({ dialect: new PostgresDialect({ pool }) })
  let isClosed = false
  return {
    db,
    dialect: 'postgres',
    write: (work) => attempt(db, work),
    close: async () => {
      if (isClosed) return
      isClosed = true
      await db.destroy()
      // Kysely ends a pool that it has used, and no other.
      if (!pool.ended) await pool.end()
    }
  }
}

async function attempt<Value>(db: Kysely<CentreSchema>, work: (transaction: CentreTransaction) => Promise<Value>): Promise<Value> {
  for (let left = ATTEMPTS_MAX - 1; ; left--) {
    try {
      return await db.transaction().execute(work)
    } catch (cause) {
      const code = cause instanceof pg.DatabaseError ? cause.code : undefined
      if (left === 0 || (code !== SERIALIZATION_FAILURE && code !== DEADLOCK_DETECTED)) throw cause
    }
  }
}

async function migrate(pool: pg.Pool, create: boolean): Promise<Result<undefined, PostgresRefusal>> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    const version = await versionOf(client, create)
    if (!version.ok) return version
    for (const sql of missingSql(version.value, 'postgres')) await client.query(sql)
    await client.query('UPDATE caresettle_centre SET version = $1', [VERSION_MAX])
    await client.query('COMMIT')
    return ok(undefined)
  } finally {
    // Without effect after the commit. A connection that broke has nothing to roll back, and is given back all the same.
    await client.query('ROLLBACK').catch(() => undefined)
    client.release()
  }
}

/** 0 for an empty database, in which the version's table is made. */
async function versionOf(client: pg.PoolClient, create: boolean): Promise<Result<number, PostgresRefusal>> {
  const tables = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY tablename"
  )
  const [first] = tables.rows
  if (first === undefined) {
    if (!create) return refuse({ kind: 'empty-database' })
    await client.query('CREATE TABLE caresettle_centre (version BIGINT NOT NULL)')
    await client.query('INSERT INTO caresettle_centre VALUES (0)')
    return ok(0)
  }
  if (!tables.rows.some(({ name }) => name === 'caresettle_centre')) return refuse({ kind: 'another-database', table: first.name })
  const found = await client.query<{ version: number }>('SELECT version FROM caresettle_centre')
  const version = found.rows[0]?.version
  invariant(version !== undefined, 'caresettle_centre has one row')
  return version > VERSION_MAX ? refuse({ kind: 'newer-database', version, versionMax: VERSION_MAX }) : ok(version)
}

/** BIGINT, and the sums of it, are whole numbers that a double holds exactly, or something is broken. */
function typeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return oid === INT8 || oid === NUMERIC ? safeInteger : pg.types.getTypeParser(oid, format)
}

function safeInteger(text: string): number {
  const value = Number(text)
  invariant(Number.isSafeInteger(value), `${text} is no safe integer`)
  return value
}

/** The driver gathers the causes of a refused connection and says nothing itself. */
const describe = (cause: Error): string =>
  cause instanceof AggregateError ? cause.errors.map((each: unknown) => (each instanceof Error ? each.message : String(each))).join('; ') : cause.message
