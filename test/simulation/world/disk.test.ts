import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeWhole } from '../../../electron/host/files/file-steps.ts'
import { Disk } from './disk.ts'
import { HostKilled, Life } from './life.ts'
import { Random } from './random.ts'
import type { StatementFault, StatementKind } from './sim-database.ts'

let folder: string
let strikes: (kind: StatementKind) => StatementFault | undefined
let fileFault: () => 'killed' | 'power-lost' | undefined

beforeEach(() => {
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'disk-test-'))
  strikes = () => undefined
  fileFault = () => undefined
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const disk = (seed = '1'): Disk =>
  new Disk({ folder, random: new Random(seed), fileFault: () => fileFault(), databaseFaults: (kind) => strikes(kind) })

/** One committed row, then whatever `work` does, of a program that is dead afterwards. */
function begun(on: Disk): { readonly database: Database.Database; readonly life: Life } {
  const life = new Life('a till')
  life.atEnd(() => void on.end())
  const database = on.opener(life)(join(on.folder, 'ledger.db'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec('CREATE TABLE fact (number INTEGER)')
  database.prepare('INSERT INTO fact VALUES (?)').run(1)
  return { database, life }
}

function rowsIn(path: string): unknown[] {
  const database = new Database(path)
  try {
    return database.prepare('SELECT number FROM fact ORDER BY number').pluck().all()
  } finally {
    database.close()
  }
}

test('a killed program leaves what it committed, and not what it had under way', () => {
  const on = disk()
  const { database, life } = begun(on)
  database.prepare('BEGIN IMMEDIATE').run()
  database.prepare('INSERT INTO fact VALUES (?)').run(2)
  life.end()
  expect(rowsIn(join(on.folder, 'ledger.db'))).toEqual([1])
})

test('nothing that a dead program still does reaches its files', () => {
  const on = disk()
  const { database, life } = begun(on)
  const insert = database.prepare('INSERT INTO fact VALUES (?)')
  life.end()
  expect(() => insert.run(2)).toThrow(HostKilled)
  on.sweep()
  expect(rowsIn(join(on.folder, 'ledger.db'))).toEqual([1])
})

test('killed before a commit, nothing of it is there', () => {
  const on = disk()
  const { database } = begun(on)
  strikes = (kind) => (kind === 'commit' ? 'killed' : undefined)
  expect(() => database.prepare('INSERT INTO fact VALUES (?)').run(2)).toThrow(HostKilled)
  expect(rowsIn(join(on.folder, 'ledger.db'))).toEqual([1])
})

test('when the power goes in a commit it is there as a whole or not at all, and what was before stays', () => {
  const seen = new Set<number>()
  for (let seed = 0; seed < 40; seed += 1) {
    rmSync(folder, { recursive: true, force: true })
    const on = disk(`${seed}`)
    const { database } = begun(on)
    database.prepare('BEGIN IMMEDIATE').run()
    const insert = database.prepare('INSERT INTO fact VALUES (?)')
    for (let row = 2; row <= 300; row += 1) insert.run(row)
    strikes = (kind) => (kind === 'commit' ? 'power-lost' : undefined)
    expect(() => database.prepare('COMMIT').run()).toThrow(HostKilled)
    strikes = () => undefined
    seen.add(rowsIn(join(on.folder, 'ledger.db')).length)
    on.sweep()
  }
  expect([...seen].toSorted((left, right) => left - right)).toEqual([1, 300])
})

test('what was committed without a flush may be lost when the power goes, until the next flush', () => {
  const left = (flushes: boolean): Set<number> => {
    const seen = new Set<number>()
    for (let seed = 0; seed < 30; seed += 1) {
      rmSync(folder, { recursive: true, force: true })
      const on = disk(`${seed}`)
      const { database, life } = begun(on)
      database.pragma('synchronous = OFF')
      database.prepare('INSERT INTO fact VALUES (?)').run(2)
      database.pragma('synchronous = FULL')
      if (flushes) database.prepare('INSERT INTO fact VALUES (?)').run(3)
      on.losePower(life)
      seen.add(rowsIn(join(on.folder, 'ledger.db')).length)
      on.sweep()
    }
    return seen
  }
  expect(left(false)).toEqual(new Set([1, 2]))
  expect(left(true)).toEqual(new Set([3]))
})

test('a drive that lies leaves all files as they were some commits ago, and an orderly end leaves nothing to lose', () => {
  const left = (isStopped: boolean): Set<number> => {
    const seen = new Set<number>()
    for (let seed = 0; seed < 30; seed += 1) {
      rmSync(folder, { recursive: true, force: true })
      let isLying = false
      const on = new Disk({ folder, random: new Random(`${seed}`), fileFault: () => undefined, databaseFaults: () => undefined, lies: { now: () => isLying, moment: () => '20260101080000' } })
      const { database, life } = begun(on)
      isLying = true
      const insert = database.prepare('INSERT INTO fact VALUES (?)')
      for (let fact = 2; fact <= 40; fact += 1) insert.run(fact)
      if (isStopped) on.stopped()
      on.losePower(life)
      const rows = rowsIn(join(on.folder, 'ledger.db'))
      expect(rows).toEqual(Array.from(rows, (_, index) => index + 1))
      expect(on.booksOf).toBe(isStopped ? undefined : '20260101080000')
      seen.add(rows.length)
      on.sweep()
    }
    return seen
  }
  expect(left(true)).toEqual(new Set([40]))
  const lengths = left(false)
  expect(Math.min(...lengths)).toBeLessThan(20)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(40)
  expect(lengths.size).toBeGreaterThan(8)
})

test('a full disk is refused as SQLite refuses it', () => {
  const on = disk()
  const { database } = begun(on)
  strikes = (kind) => (kind === 'commit' ? 'full' : undefined)
  const insert = database.prepare('INSERT INTO fact VALUES (?)')
  expect(() => insert.run(2)).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }))
  expect(() => insert.run(2)).toThrow(Database.SqliteError)
})

test('a whole file is there as it was or as it is to be, wherever the power goes', () => {
  const seen = new Set<string>()
  for (let step = 1; step <= 4; step += 1) {
    for (let seed = 0; seed < 20; seed += 1) {
      rmSync(folder, { recursive: true, force: true })
      const on = disk(`${seed}`)
      const life = new Life('a till')
      life.atEnd(() => void on.end())
      const steps = on.steps(life)
      writeWhole(steps, join(on.folder, 'centre.json'), 'before')
      let left = step
      fileFault = () => ((left -= 1) === 0 ? 'power-lost' : undefined)
      expect(() => writeWhole(steps, join(on.folder, 'centre.json'), 'after')).toThrow(HostKilled)
      fileFault = () => undefined
      seen.add(readFileSync(join(on.folder, 'centre.json'), 'utf8'))
    }
  }
  expect([...seen].toSorted()).toEqual(['after', 'before'])
})
