import Database from 'better-sqlite3'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { migrate, MIGRATIONS, VERSION_MAX, versionOf } from './migration.ts'

test('every migration folder is listed, numbered from 1 without a gap', () => {
  const folders = readdirSync(new URL('migration', import.meta.url)).toSorted()
  expect(folders).toEqual([...MIGRATIONS])
  expect(folders.map((name) => Number(name.slice(0, 4)))).toEqual(MIGRATIONS.map((_, index) => index + 1))
})

test('0001-ledger makes strict tables, an empty chain, a reading of entries, and two triggers for each table of facts', () => {
  const database = new Database(':memory:')
  migrate(database, 1)
  expect(versionOf(database)).toBe(1)
  const tables = database.pragma('table_list') as { schema: string; name: string; type: string; strict: number }[]
  const ours = tables.filter(({ schema, type, name }) => type === 'table' && schema === 'main' && !name.startsWith('sqlite_'))
  expect(ours.map(({ name }) => name).toSorted()).toEqual([
    'accumulator', 'correction', 'fact', 'posting', 'release', 'standing'
  ])
  expect(ours.every(({ strict }) => strict === 1)).toBe(true)
  expect(database.prepare('SELECT sequence, hex(hash) AS hash FROM standing').all()).toEqual([{ sequence: 0, hash: '00'.repeat(32) }])
  expect(database.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").pluck().get()).toBe(9)
  expect(database.prepare('SELECT fact, account, amount FROM entry').all()).toEqual([])
  database.close()
})

test('0002-centre lets the new kinds of fact in and no others, and moves not one stored row of the old ones', () => {
  const database = new Database(':memory:')
  migrate(database, 1)
  const rootOf = () => database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'fact'").pluck().get()
  const before = rootOf()
  migrate(database, 2)
  expect(rootOf()).toBe(before)
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  const kinds = ['hold', 'posting', 'release', 'correction', 'confirmation', 'load-hold', 'load-posting', 'load-release', 'close', 'reopen']
  for (const [index, kind] of kinds.entries()) {
    database.prepare('INSERT INTO fact VALUES (?, ?, ?, zeroblob(32))').run(index + 1, kind, Buffer.alloc(1))
    database.prepare("UPDATE standing SET sequence = ? WHERE visit_no = ''").run(index + 1)
  }
  expect(() => database.exec("INSERT INTO fact VALUES (11, 'other', x'00', zeroblob(32))")).toThrow('CHECK constraint failed')
  database.close()
})

test('migrating a ledger of the newest version changes nothing', () => {
  const database = new Database(':memory:')
  migrate(database)
  const before = database.serialize()
  migrate(database)
  expect(versionOf(database)).toBe(VERSION_MAX)
  expect(database.serialize().equals(before)).toBe(true)
  database.close()
})

test('0003-sync adds four strict tables to a ledger that has facts, and leaves every other byte of schema as it was', () => {
  const database = new Database(':memory:')
  migrate(database, 2)
  const tables = (): string[] =>
    database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all()
  const before = database.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all()
  const known = new Set(tables())
  migrate(database, 3)
  expect(tables().filter((name) => !known.has(name)).toSorted()).toEqual(['download', 'parked', 'sync_batch', 'sync_body'])
  expect(database.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all()).toEqual(expect.arrayContaining(before))
  database.close()
})

test('0004-close adds one strict table of notes that follow each other and stay, and indexes the hours of postings anew', () => {
  const database = new Database(':memory:')
  migrate(database, 3)
  const before = database.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name <> 'posting_hour'").all()
  migrate(database, 4)
  const added = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE name LIKE 'close_note%'").pluck().all()
  expect(added.toSorted()).toEqual(['close_note', 'close_note_after', 'close_note_follows', 'close_note_remains', 'close_note_stays'])
  expect(database.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all()).toEqual(expect.arrayContaining(before))
  const insert = (number: number) => database.exec(`INSERT INTO close_note (number, after, kind, at, float, counted, collected) VALUES (${number}, 0, 'count', '20260315180000', 0, 100, 0)`)
  insert(1)
  expect(() => insert(3)).toThrow('a note follows the last one')
  expect(() => database.exec('UPDATE close_note SET counted = 200')).toThrow('a note is never changed')
  expect(() => database.exec('DELETE FROM close_note')).toThrow('a note is never deleted')
  database.close()
})

test('0005-dispensed adds packs and supplies, strict and never changed, and leaves every other byte of schema as it was', () => {
  const database = new Database(':memory:')
  migrate(database, 4)
  const before = database.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all()
  migrate(database, 5)
  const after = database.prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all()
  expect(after).toEqual(expect.arrayContaining(before))
  const added = after.slice(before.length)
  expect(added.map(({ name }) => name).toSorted()).toEqual([
    'supply', 'supply_remains', 'supply_stays', 'trace_code', 'trace_code_remains', 'trace_code_stays'
  ])
  expect(added.filter(({ sql }) => sql.startsWith('CREATE TABLE')).every(({ sql }) => sql.endsWith('STRICT, WITHOUT ROWID'))).toBe(true)
  database.pragma('foreign_keys = OFF')
  database.exec("INSERT INTO trace_code VALUES ('A', 1, '1', 0)")
  expect(() => database.exec('DELETE FROM trace_code')).toThrow('trace_code is never deleted')
  expect(() => database.exec('UPDATE trace_code SET split = 1')).toThrow('trace_code is never changed')
  database.close()
})

test.each([
  ['0006-proof indexes postings by what they are summed by', 6, ['posting_hour'], ['adjustment_hour', 'correction_hour', 'posting_hour', 'posting_seldom']],
  ['0010-words indexes the hours of postings by words and the unusual apart', 10, ['posting_hour', 'posting_seldom'], ['posting_hour', 'posting_unusual']]
])('%s, moves no row, and leaves every other byte of schema as it was', (_, version, dropped, made) => {
  const database = new Database(':memory:')
  migrate(database, version - 1)
  const schema = (): { name: string; sql: string }[] =>
    database.prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all()
  const before = schema().filter(({ name }) => !dropped.includes(name))
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'posting'").pluck()
  const postings = root.get()
  migrate(database, version)
  expect(root.get()).toBe(postings)
  expect(schema()).toEqual(expect.arrayContaining(before))
  const known = new Set(before.map(({ name }) => name))
  const added = schema().filter(({ name }) => !known.has(name))
  expect(added.map(({ name }) => name).toSorted()).toEqual(made)
  database.close()
})

test('0008-apart adds one table, with room for one row, and leaves every other byte of schema as it was', () => {
  const database = new Database(':memory:')
  migrate(database, 7)
  const schema = (): unknown[] => database.prepare("SELECT name, sql FROM sqlite_schema WHERE name <> 'sync_apart'").all()
  const before = schema()
  migrate(database, 8)
  expect(schema()).toEqual(before)
  database.exec("INSERT INTO sync_apart VALUES (1, 'parted', 3)")
  expect(() => database.exec("INSERT INTO sync_apart VALUES (2, 'parted', 3)")).toThrow('CHECK')
  expect(() => database.exec("UPDATE sync_apart SET kind = 'lost'")).toThrow('CHECK')
  database.close()
})

test('0007-asked-anew lets a batch wait for its answer once more, changes nothing else of it, and leaves every other byte of schema as it was', () => {
  const database = new Database(':memory:')
  migrate(database, 6)
  const schema = (): unknown[] => database.prepare("SELECT name, sql FROM sqlite_schema WHERE name <> 'sync_batch_stays'").all()
  const before = schema()
  database.exec("INSERT INTO fact VALUES (1, 'hold', x'00', zeroblob(32)); INSERT INTO sync_batch VALUES (1, printf('%064d', 0), printf('%064d', 1), 1, 2, '20260315093000', 9, NULL)")
  database.exec("UPDATE sync_batch SET answered_at = '20260315093005'")
  expect(() => database.exec('UPDATE sync_batch SET answered_at = NULL')).toThrow('a batch is never changed')
  migrate(database, 7)
  expect(schema()).toEqual(before)
  expect(() => database.exec("UPDATE sync_batch SET answered_at = '20260315093006'")).toThrow('a batch is never changed')
  database.exec('UPDATE sync_batch SET answered_at = NULL')
  expect(() => database.exec("UPDATE sync_batch SET answered_at = '20260315093006', count = 3")).toThrow('a batch is never changed')
  database.exec("UPDATE sync_batch SET answered_at = '20260315093006'")
  database.close()
})

test('0009-former lets batches go whose heads stand among the former ones, and leaves every other byte of schema as it was', () => {
  const database = new Database(':memory:')
  migrate(database, 8)
  const changed = ['former_batch', 'former_batch_stays', 'former_batch_remains', 'sync_terminal', 'sync_batch_remains', 'sync_body_remains']
  const schema = (): unknown[] =>
    database.prepare(`SELECT name, sql FROM sqlite_schema WHERE name NOT IN (${changed.map((name) => `'${name}'`).join(', ')})`).all()
  const before = schema()
  database.exec(`INSERT INTO fact VALUES (1, 'hold', x'00', zeroblob(32));
    INSERT INTO sync_batch VALUES (1, printf('%064d', 0), printf('%064d', 1), 1, 2, '20260315093000', 9, NULL);
    INSERT INTO sync_body VALUES (1, x'00')`)
  migrate(database, 9)
  expect(schema()).toEqual(before)
  for (const sql of ['DELETE FROM sync_body', 'DELETE FROM sync_batch']) expect(() => database.exec(sql), sql).toThrow('a batch is never deleted')
  database.exec("INSERT INTO former_batch SELECT hash, 'H99999900001-01', number, previous, first, count, made_at, bytes, answered_at FROM sync_batch")
  database.exec('DELETE FROM sync_body; DELETE FROM sync_batch')
  expect(() => database.exec("UPDATE former_batch SET terminal = 'H99999900001-02'")).toThrow('a batch is never changed')
  expect(() => database.exec('DELETE FROM former_batch')).toThrow('a batch is never deleted')
  database.close()
})
