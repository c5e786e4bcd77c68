/**
 * A centre in a PostgreSQL database that is its own: an empty one becomes a centre, one with other tables is refused and
 * stays as it is. Several centres may serve the same database.
 */

import { Socket } from 'node:net'
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

/**
 * How long the centre waits for its database, in milliseconds. A terminal that hears nothing for 20 s asks again; what would wait
 * much longer keeps a connection from everybody else. A question ends with a failure, and asking again does nothing twice.
 */
export interface Patience {
  /** For a connection, a new one or one that others use. */
  readonly connectMs: number
  /** For a row or table that another transaction has. */
  readonly lockMs: number
  /** For the answer to one statement. The server ends it, so nothing of it is done. */
  readonly statementMs: number
  /** For anything at all from the server, which has answered before that if it is there. */
  readonly silentMs: number
  /** For the next statement of a transaction: what a centre that hangs keeps locked, another may need. */
  readonly idleMs: number
}

export const PATIENCE: Patience = { connectMs: 5_000, lockMs: 10_000, statementMs: 25_000, silentMs: 30_000, idleMs: 30_000 }

const CONNECTIONS_MAX = 8
/** A transaction that the server ended to break a deadlock is tried so many times in all. */
const ATTEMPTS_MAX = 4
/** Serialises two centres that bring one database up to date: "CSCn" again. */
const MIGRATION_LOCK = 0x43_53_43_6e

const INT8 = 20
const NUMERIC = 1700
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

/** `create`: whether an empty database becomes a centre. */
export async function openPostgresCentre(url: string, create: boolean, patience = PATIENCE): Promise<Result<CentreDatabase, PostgresRefusal>> {
  const ready = await broughtUpToDate(url, create)
  return ready.ok ? ok(handle(poolOf(url, patience))) : ready
}

function poolOf(url: string, { connectMs, lockMs, statementMs, silentMs, idleMs }: Patience): pg.Pool {
  const pool = new pg.Pool({
    ...connection(url),
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: connectMs,
    lock_timeout: lockMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: idleMs,
    stream: () => silentAfter(silentMs)
  })
  // An idle connection that breaks is replaced at the next question, which then fails or does not.
  pool.on('error', () => undefined)
  // One that breaks while it is used fails the question that it was asked. Unheard, the event would end the centre.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const connection = (url: string): pg.ClientConfig => ({ connectionString: url, application_name: 'caresettle-centre', types: { getTypeParser: typeParser } })

/** A server whose machine or line is gone hangs up on nobody: its connections would be waited for for ever. */
function silentAfter(silentMs: number): Socket {
  const socket = new Socket()
  return socket.setTimeout(silentMs, () => socket.destroy(new Error(`the database was silent for ${silentMs} ms`)))
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

/** By a connection of its own that waits as long as it takes: an index of a large table is made in one statement. */
async function broughtUpToDate(url: string, create: boolean): Promise<Result<undefined, PostgresRefusal>> {
  const client = new pg.Client({ ...connection(url), connectionTimeoutMillis: PATIENCE.connectMs })
  // Said once more by the question that fails of it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await migrate(client, create)
  } catch (cause) {
    if (cause instanceof BrokenInvariant || !(cause instanceof Error)) throw cause
    return refuse({ kind: 'unreachable', detail: describe(cause) })
  } finally {
    // What is not committed is undone with it.
    await client.end().catch(() => undefined)
  }
}

async function migrate(client: pg.Client, create: boolean): Promise<Result<undefined, PostgresRefusal>> {
  await client.query('BEGIN')
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
  const version = await versionOf(client, create)
  if (!version.ok) return version
  for (const sql of missingSql(version.value, 'postgres')) await client.query(sql)
  await client.query('UPDATE caresettle_centre SET version = $1', [VERSION_MAX])
  await client.query('COMMIT')
  return ok(undefined)
}

/** 0 for an empty database, in which the version's table is made. */
async function versionOf(client: pg.Client, create: boolean): Promise<Result<number, PostgresRefusal>> {
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
