import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepPromises } from './connection.ts'
import { LogGrowth } from './write-ahead-log.ts'

const FULL = 2

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-growth-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('a log whose growth was broken off by another writer still flushes every commit, and grows on later', () => {
  const path = join(folder, 'ledger.db')
  const till = new Database(path, { timeout: 0 })
  till.pragma('journal_mode = WAL')
  keepPromises(till)
  const growth = new LogGrowth(till, 100_000)
  const other = new Database(path)
  other.exec('BEGIN IMMEDIATE')
  expect(() => growth.grow(10)).toThrow('database is locked')
  expect(till.pragma('synchronous', { simple: true })).toBe(FULL)
  other.exec('ROLLBACK')
  while (!growth.grow(10));
  expect(till.pragma('synchronous', { simple: true })).toBe(FULL)
  for (const database of [other, till]) database.close()
})

it('a disk that is too small for a grown log gets its room back, and the log is left as it is from then on', () => {
  const path = join(folder, 'ledger.db')
  const till = new Database(path)
  till.pragma('journal_mode = WAL')
  keepPromises(till)
  const growth = new LogGrowth(till, 1_000_000)
  expect(growth.grow(20)).toBe(false)
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(80_000)
  const pragma = till.pragma.bind(till)
  till.pragma = (source, options) => {
    if (source.startsWith('user_version')) throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
    return pragma(source, options)
  }
  expect(() => growth.grow(20)).toThrow('disk is full')
  expect(statSync(`${path}-wal`).size).toBe(0)
  expect(growth.grow(20)).toBe(true)
  expect(till.pragma('synchronous', { simple: true })).toBe(FULL)
  till.close()
})
