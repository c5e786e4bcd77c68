import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { got } from '../../../test/support/sync-world.ts'
import { openLedger, type SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { systemMachine } from '../system-machine.ts'
import { centrePathsIn, writeCentreFile } from './centre-files.ts'
import { makeTerminalKey } from './terminal-key.ts'
import { TillSync } from './till-sync.ts'

let folder: string
let ledger: SqliteLedger
let sync: TillSync
let isDiskBroken: boolean

/** As SQLite says it when a page cannot be read, of every statement while the disk is broken. */
function breakable(path: string, options?: Database.Options): Database.Database {
  const database = new Database(path, options)
  const prepare = database.prepare.bind(database) as (sql: string) => Database.Statement
  return Object.assign(database, {
    prepare(sql: string) {
      const statement = prepare(sql)
      for (const name of ['get', 'all', 'run'] as const) {
        const method = statement[name].bind(statement)
        Object.defineProperty(statement, name, {
          value: (...parameters: unknown[]) => {
            if (isDiskBroken) throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_READ')
            return method(...parameters)
          }
        })
      }
      return statement
    }
  })
}

beforeEach(() => {
  isDiskBroken = false
  folder = mkdtempSync(join(tmpdir(), 'till-sync-'))
  ledger = got(openLedger({ path: join(folder, 'ledger.db'), create: true, open: breakable }))
})
afterEach(() => {
  sync.close()
  ledger.close()
  rmSync(folder, { recursive: true })
})

/** Of a centre that never answers. */
function start(): void {
  const paths = centrePathsIn(folder)
  sync = new TillSync({
    paths,
    institution: 'H99999900001',
    terminalName: '收费一',
    terminalNumbers: () => [],
    ledger,
    machine: { ...systemMachine(), ask: () => new Promise(() => {}), later: () => () => {} },
    daysMax: () => undefined,
    changed: () => {},
    rulesChanged: () => {},
    peopleTold: () => {},
    whole: () => {},
    released: () => {},
    failed: (cause) => {
      throw cause
    }
  })
  sync.start()
}

function enrolled(): void {
  const paths = centrePathsIn(folder)
  got(makeTerminalKey(paths.key))
  writeCentreFile(paths, {
    url: 'http://127.0.0.1:9',
    terminal: 'H99999900001-01',
    institution: { code: 'H99999900001', name: '测试第一医院' },
    region: '999999',
    name: '测试中心',
    enrolled_at: '20260315093000',
    paused: false
  })
}

describe('a till', () => {
  it('without a centre says so', () => {
    start()
    expect([sync.isConnected, sync.terminal, sync.view().link]).toEqual([false, undefined, 'not-connected'])
  })

  it('whose disk cannot be read for a moment has its centre all the same: nothing is closed or loaded as if there were none', () => {
    enrolled()
    start()
    const before = sync.view()
    expect([before.link, before.centre?.terminal]).toEqual(['up', 'H99999900001-01'])
    isDiskBroken = true
    expect(sync.view()).toEqual(before)
    expect([sync.isConnected, sync.terminal, sync.ask === undefined]).toEqual([true, 'H99999900001-01', false])
    isDiskBroken = false
    expect(sync.view()).toEqual(before)
  })
})
