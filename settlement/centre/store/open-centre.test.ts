import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { centreDatabaseContract } from '../../../test/contract/centre-database.contract.ts'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'
import type { CentreDatabase, CentreTransaction } from './centre-database.ts'
import { insertRows } from './insert-rows.ts'
import { inPostgresWords, MIGRATIONS, VERSION_MAX } from './migration.ts'
import { openCentre } from './open-centre.ts'

let folder: string
let postgres: TestPostgres
let files = 0

beforeAll(async () => {
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'centre-'))
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true })
})

const newFile = (): string => join(folder, `centre-${(files += 1)}.db`)

async function opened(url: string): Promise<CentreDatabase> {
  const centre = await openCentre(url)
  if (!centre.ok) throw new Error(JSON.stringify(centre.error))
  return centre.value
}

const twice = async (url: string) => ({ database: await opened(url), again: () => opened(url) })

describe('on SQLite', () => {
  centreDatabaseContract({ dialect: 'sqlite', open: () => twice(`sqlite:${newFile()}`) })
})
describe('on PostgreSQL', () => {
  centreDatabaseContract({ dialect: 'postgres', open: async () => twice(await postgres.url()) })
})

describe('migrations', () => {
  test('are folders numbered from 1 without a gap', () => {
    const folders = readdirSync(new URL('migration', import.meta.url)).toSorted()
    expect(folders).toEqual([...MIGRATIONS])
    expect(folders.map((name) => Number(name.slice(0, 4)))).toEqual(MIGRATIONS.map((_, index) => index + 1))
  })

  test('are said to PostgreSQL in its own words', () => {
    expect(inPostgresWords("CREATE TABLE a (\n  b TEXT NOT NULL, -- INTEGER; here\n  c INTEGER, d BLOB\n) STRICT, WITHOUT ROWID;")).toBe(
      'CREATE TABLE a (\n  b TEXT COLLATE "C" NOT NULL, \n  c BIGINT, d BYTEA\n);'
    )
  })

  test('make strict tables, under SQLite with a log, full durability and foreign keys', async () => {
    const path = newFile()
    const centre = await opened(`sqlite:${path}`)
    await centre.close()
    const file = new Database(path, { readonly: true })
    const tables = file.prepare<[], { name: string; strict: number }>("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'").all()
    expect(tables.length).toBeGreaterThanOrEqual(18)
    expect(tables.filter(({ strict }) => strict === 0)).toEqual([])
    expect(file.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(file.pragma('application_id', { simple: true })).toBe(0x43_53_43_6e)
    expect(file.pragma('user_version', { simple: true })).toBe(VERSION_MAX)
    file.close()
  })

  test('run once when two centres begin the same PostgreSQL database at the same time', async () => {
    const url = await postgres.url()
    const both = await Promise.all([opened(url), opened(url)])
    for (const centre of both) {
      expect(await centre.db.selectFrom('person').selectAll().execute()).toEqual([])
      await centre.close()
    }
  })
})

test('on SQLite a transaction that has only read yet holds the file for writing', async () => {
  const path = newFile()
  const centre = await opened(`sqlite:${path}`)
  const other = new Database(path, { timeout: 0 })
  await centre.write(async (transaction) => {
    await transaction.selectFrom('person').selectAll().execute()
    expect(() => other.exec('BEGIN IMMEDIATE')).toThrow('database is locked')
  })
  other.exec('BEGIN IMMEDIATE; COMMIT')
  other.close()
  await centre.close()
})

test('a transaction that PostgreSQL ends to break a deadlock runs again, and both are done', async () => {
  const centre = await opened(await postgres.url())
  await insertRows(centre.db, 'institution', ['a', 'b'].map((fixmedins_code) => ({ fixmedins_code, fixmedins_name: '', kind: 'hospital', level: 0, region: '999999' })))
  const add = (transaction: CentreTransaction, institution: string) =>
    transaction.updateTable('institution').set(({ eb }) => ({ level: eb('level', '+', 1) })).where('fixmedins_code', '=', institution).execute()
  let runs = 0
  let arrived = 0
  let bothHold: () => void = () => undefined
  const both = new Promise<void>((resolve) => {
    bothHold = resolve
  })
  const crossing = (first: string, second: string) =>
    centre.write(async (transaction) => {
      runs += 1
      await add(transaction, first)
      arrived += 1
      if (arrived === 2) bothHold()
      await both
      await add(transaction, second)
    })
  await Promise.all([crossing('a', 'b'), crossing('b', 'a')])
  // Who was ended may meet the other once more before that one has gone on.
  expect(runs).toBeGreaterThanOrEqual(3)
  expect((await centre.db.selectFrom('institution').select('level').execute()).map(({ level }) => level)).toEqual([2, 2])
  await centre.close()
})

describe('a connection that PostgreSQL ends', () => {
  const BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'caresettle-centre'"
  const endAll = (url: string) => ask(url, `SELECT pg_terminate_backend(pid) FROM (${BACKENDS}) AS centre`)

  test('between two questions of a transaction undoes that one, and the next one works', async () => {
    const url = await postgres.url()
    const centre = await opened(url)
    const cut = centre.write(async (transaction) => {
      await insertRows(transaction, 'institution', [{ fixmedins_code: 'a', fixmedins_name: '', kind: 'hospital', level: 2, region: '999999' }])
      await endAll(url)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return await transaction.selectFrom('institution').selectAll().execute()
    })
    await expect(cut).rejects.toThrow(/connection/i)
    expect(await centre.write((transaction) => transaction.selectFrom('institution').selectAll().execute())).toEqual([])
    await centre.close()
  })

  test('while it is brought up to date leaves a centre that says so, not one that waits for ever', async () => {
    const url = await postgres.url()
    const holder = new pg.Client(url)
    await holder.connect()
    await holder.query('SELECT pg_advisory_lock($1)', [0x43_53_43_6e])
    const opening = openCentre(url)
    while ((await ask(url, BACKENDS)).length === 0);
    await endAll(url)
    expect(await opening).toEqual({ ok: false, error: { kind: 'unreachable', detail: 'terminating connection due to administrator command' } })
    await holder.end()
  })
})

describe('what is not a centre of ours is refused by name, with nothing changed', () => {
  const refusals = {
    'a text file': [(path: string) => writeFileSync(path, 'amount,cash\n'.repeat(50)), { kind: 'not-a-database' }],
    'an empty file': [(path: string) => writeFileSync(path, ''), { kind: 'truncated' }],
    "a terminal's ledger": [(path: string) => databaseWith(path, 'PRAGMA application_id = 0x43534c67; CREATE TABLE fact (content)'), { kind: 'another-application' }],
    'a centre of a newer version': [(path: string) => databaseWith(path, `PRAGMA application_id = 0x4353436e; PRAGMA user_version = ${VERSION_MAX + 1}; CREATE TABLE fact (content)`), { kind: 'newer-version', versionMax: VERSION_MAX }]
  } as const

  test.each(Object.entries(refusals))('%s', async (_, [make, error]) => {
    const path = newFile()
    make(path)
    const before = readFileSync(path)
    const names = readdirSync(folder)
    expect(await openCentre(`sqlite:${path}`)).toMatchObject({ ok: false, error })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(names)
  })

  test('a file in a folder that is not there', async () => {
    expect(await openCentre(`sqlite:${join(folder, 'no', 'centre.db')}`)).toMatchObject({ ok: false, error: { kind: 'folder-missing' } })
  })

  test('a centre that is not there and shall not be begun', async () => {
    const path = newFile()
    expect(await openCentre(`sqlite:${path}`, { create: false })).toMatchObject({ ok: false, error: { kind: 'ledger-missing' } })
    expect(existsSync(path)).toBe(false)
    const url = await postgres.url()
    expect(await openCentre(url, { create: false })).toEqual({ ok: false, error: { kind: 'empty-database' } })
    expect(await ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([])
  })

  test("somebody else's PostgreSQL database", async () => {
    const url = await postgres.url()
    await ask(url, 'CREATE TABLE patient (name TEXT)')
    expect(await openCentre(url)).toEqual({ ok: false, error: { kind: 'another-database', table: 'patient' } })
    expect(await ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([{ tablename: 'patient' }])
  })

  test('a PostgreSQL centre of a newer version', async () => {
    const url = await postgres.url()
    await (await opened(url)).close()
    await ask(url, `UPDATE caresettle_centre SET version = ${VERSION_MAX + 1}`)
    expect(await openCentre(url)).toEqual({ ok: false, error: { kind: 'newer-database', version: VERSION_MAX + 1, versionMax: VERSION_MAX } })
  })

  test.each(['', 'sqlite:', 'mysql://x', 'postgres://:bad port:/x', '/tmp/centre.db'])('"%s" as an address', async (url) => {
    expect(await openCentre(url)).toMatchObject({ ok: false, error: { kind: 'bad-url' } })
  })

  test('a server that is not there, a password that is wrong: without repeating it', async () => {
    const away = await openCentre('postgres://postgres:secret-word@127.0.0.1:9/x')
    const wrong = await openCentre((await postgres.url()).replace(':test@', ':secret-word@'))
    expect([away, wrong]).toMatchObject([{ ok: false, error: { kind: 'unreachable' } }, { ok: false, error: { kind: 'unreachable' } }])
    expect(JSON.stringify([away, wrong])).not.toContain('secret-word')
  })
})

function databaseWith(path: string, sql: string): void {
  const database = new Database(path)
  database.exec(sql)
  database.close()
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}
