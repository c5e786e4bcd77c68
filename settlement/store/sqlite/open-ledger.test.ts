import { createHash } from 'node:crypto'
import {
  linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EVIDENCE, sale } from '../../../test/contract/ledger-fixture.ts'
import { value } from '../../../test/contract/ledger-store.contract.ts'
import { entriesOf } from '../../ledger/journal.ts'
import { writeLedger } from '../../ledger/write-ledger.ts'
import { fen } from '../../money/fen.ts'
import { keepPromises } from './connection.ts'
import { VERSION_MAX } from './migration.ts'
import { openLedger, openLedgerForReading } from './open-ledger.ts'
import { sqliteWriter } from './sqlite-writer.ts'
import { LogGrowth } from './write-ahead-log.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  path = join(folder, 'ledger.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A closed ledger with one settlement. */
function writeSettlement(): void {
  const ledger = value(openLedger({ path, create: true }))
  value(ledger.hold(sale(1)))
  value(ledger.post({ settlementId: sale(1).settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
  ledger.close()
}

describe('a file that is no ledger of ours is refused and left as it is, with nothing new beside it', () => {
  const refusals = {
    'a text file': { make: () => writeFileSync(path, 'amount,cash\n'.repeat(50)), error: { kind: 'not-a-database' } },
    'a short text file': { make: () => writeFileSync(path, 'cash'), error: { kind: 'not-a-database' } },
    'an empty file': { make: () => writeFileSync(path, ''), error: { kind: 'truncated', bytes: 0, bytesExpected: 100 } },
    'a ledger cut within its header': {
      make: () => {
        writeSettlement()
        truncateSync(path, 60)
      },
      error: { kind: 'truncated', bytes: 60, bytesExpected: 100 }
    },
    'a ledger that lost its last page': {
      make: () => {
        writeSettlement()
        truncateSync(path, statSync(path).size - 4096)
      },
      error: { kind: 'truncated' }
    },
    'a ledger that lost its last byte': {
      make: () => {
        writeSettlement()
        truncateSync(path, statSync(path).size - 1)
      },
      error: { kind: 'truncated' }
    },
    "another application's database": {
      make: () => {
        const other = new Database(path)
        other.exec('PRAGMA application_id = 7; CREATE TABLE note (text)')
        other.close()
      },
      error: { kind: 'another-application', applicationId: 7 }
    },
    'a ledger of a newer version': {
      make: () => {
        writeSettlement()
        const newer = new Database(path)
        newer.pragma(`user_version = ${VERSION_MAX + 1}`)
        newer.close()
      },
      error: { kind: 'newer-version', version: VERSION_MAX + 1, versionMax: VERSION_MAX }
    },
    'a ledger whose version byte is gone': {
      make: () => {
        writeSettlement()
        const bytes = readFileSync(path)
        bytes[63] = 0
        writeFileSync(path, bytes)
      },
      error: { kind: 'unknown-version', version: 0 }
    },
    'a folder': { make: () => mkdirSync(path), error: { kind: 'not-a-file' } }
  } as const

  test.each(Object.entries(refusals))('%s', (_, { make, error }) => {
    make()
    for (const name of readdirSync(folder)) if (name !== 'ledger.db') rmSync(join(folder, name))
    const before = fingerprint()
    const refusal = { ok: false, error: { ...error, path } }
    expect(openLedger({ path, create: true })).toMatchObject(refusal)
    expect(openLedger({ path, create: false })).toMatchObject(refusal)
    expect(openLedgerForReading(path)).toMatchObject(refusal)
    expect(fingerprint()).toEqual(before)
    expect(readdirSync(folder)).toEqual(['ledger.db'])
  })

  test('a folder that is not there', () => {
    const missing = join(folder, 'no', 'ledger.db')
    const refusal = { ok: false, error: { kind: 'folder-missing', path: missing } }
    expect(openLedger({ path: missing, create: true })).toEqual(refusal)
    expect(readdirSync(folder)).toEqual([])
  })

  test('a ledger that is not there, unless it may be begun', () => {
    const refused = { ok: false, error: { kind: 'ledger-missing', path } }
    expect(openLedger({ path, create: false })).toEqual(refused)
    expect(openLedgerForReading(path)).toEqual(refused)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('one file has one name', () => {
  test('links lead to its one lock, and to its one log', () => {
    const [link, linkedFolder] = [join(folder, 'link.db'), join(folder, 'linked')]
    symlinkSync(path, link)
    symlinkSync(folder, linkedFolder)
    const [begun, other] = [join(linkedFolder, 'ledger.db'), { create: true, waitMs: 20 }]
    const first = value(openLedger({ path: begun, create: true }))
    value(first.hold(sale(1)))
    for (const name of [path, link, begun]) {
      expect(openLedger({ path: name, ...other })).toEqual({ ok: false, error: { kind: 'in-use', path: name, waitedMs: 20 } })
    }
    const reader = value(openLedgerForReading(link))
    expect(value(reader.openHolds())).toHaveLength(1)
    reader.close()
    first.close()
    expect(readdirSync(folder).toSorted()).toEqual(['ledger.db', 'ledger.db-writer', 'link.db', 'linked'])
  })

  test('a ledger with a second hard link is refused under either', () => {
    writeSettlement()
    const second = join(folder, 'second.db')
    linkSync(path, second)
    for (const name of [path, second]) {
      const refusal = { ok: false, error: { kind: 'several-names', path: name, names: 2 } }
      expect(openLedger({ path: name, create: true })).toEqual(refusal)
      expect(openLedgerForReading(name)).toEqual(refusal)
    }
    rmSync(second)
    value(openLedger({ path, create: false })).close()
  })

  test('a link to a file that is not there is not replaced by a new ledger', () => {
    symlinkSync(join(folder, 'gone.db'), path)
    const detail = 'it is a link to a file that is not there'
    expect(openLedger({ path, create: true })).toEqual({ ok: false, error: { kind: 'unreadable', path, detail } })
    expect(readdirSync(folder)).toEqual(['ledger.db'])
  })
})

describe('what SQLite says while it opens a ledger is a refusal', () => {
  test('a lock that cannot be made', () => {
    writeSettlement()
    rmSync(`${path}-writer`)
    mkdirSync(`${path}-writer`)
    expect(openLedger({ path, create: false })).toMatchObject({ ok: false, error: { kind: 'store-failure', cause: 'io' } })
  })

  test('a column that has another name', () => {
    writeSettlement()
    writeFileSync(path, Buffer.from(readFileSync(path).toString('latin1').replaceAll('content  BLOB', 'kontent  BLOB'), 'latin1'))
    const refusal = { ok: false, error: { kind: 'store-failure', cause: 'corrupt' } }
    expect(openLedger({ path, create: false })).toMatchObject(refusal)
    expect(openLedgerForReading(path)).toMatchObject(refusal)
  })

  test('any changed byte of the file header or the schema', () => {
    writeSettlement()
    const bytes = readFileSync(path)
    for (let offset = 0; offset < 4096; offset += 7) {
      const copy = Buffer.from(bytes)
      copy[offset] = (copy[offset] ?? 0) ^ (1 << offset % 8)
      writeFileSync(path, copy)
      for (const open of [() => openLedgerForReading(path), () => openLedger({ path, create: false })]) {
        const opened = open()
        if (opened.ok) opened.value.close()
        else expect(opened.error).toHaveProperty('kind')
      }
    }
  })
})

test('a new ledger is not begun beside the write-ahead log of one that is gone', () => {
  writeFileSync(`${path}-wal`, 'pages')
  expect(openLedger({ path, create: true })).toEqual({
    ok: false,
    error: { kind: 'unreadable', path, detail: 'its write-ahead log is there and the ledger itself is not' }
  })
  expect(readdirSync(folder)).toEqual(['ledger.db-wal'])
})

test('what a crash left of beginning a ledger is no obstacle', () => {
  writeFileSync(`${path}-new`, 'half a ledger')
  writeFileSync(`${path}-new-journal`, 'half a journal')
  writeSettlement()
  expect(readdirSync(folder).toSorted()).toEqual(['ledger.db', 'ledger.db-writer'])
})

describe('one writer', () => {
  test('a second one is told that the ledger is in use; the first one works on; its end frees the ledger', () => {
    const first = value(openLedger({ path, create: true }))
    expect(openLedger({ path, create: true, waitMs: 50 })).toEqual({
      ok: false,
      error: { kind: 'in-use', path, waitedMs: 50 }
    })
    value(first.hold(sale(1)))
    first.close()
    const second = value(openLedger({ path, create: true, waitMs: 50 }))
    expect(value(second.openHolds())).toHaveLength(1)
    second.close()
  })

  test('readers read beside it and see each commit', () => {
    const writer = value(openLedger({ path, create: true }))
    const reader = value(openLedgerForReading(path))
    expect(value(reader.openHolds())).toEqual([])
    value(writer.hold(sale(1)))
    expect(value(reader.openHolds())).toHaveLength(1)
    expect('hold' in reader).toBe(false)
    reader.close()
    writer.close()
  })
})

describe('the file', () => {
  test('is WAL, flushed in full, of our application id and version', () => {
    writeSettlement()
    const database = new Database(path)
    keepPromises(database)
    const full = 2
    expect(database.pragma('synchronous', { simple: true })).toBe(full)
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.pragma('application_id', { simple: true })).toBe(0x43534c67)
    expect(database.pragma('user_version', { simple: true })).toBe(VERSION_MAX)
    database.close()
  })

  test('forbids to change or delete what was posted, to everybody', () => {
    writeSettlement()
    const database = new Database(path)
    for (const table of ['fact', 'posting']) {
      const column = table === 'posting' ? 'cash' : 'kind'
      expect(() => database.exec(`UPDATE ${table} SET ${column} = ${column}`)).toThrow(`${table} is never changed`)
      expect(() => database.exec(`DELETE FROM ${table}`)).toThrow(/never deleted|FOREIGN KEY/)
    }
    const replace = "INSERT OR REPLACE INTO fact VALUES (2, 'posting', x'00', zeroblob(32))"
    expect(() => database.exec(replace)).toThrow('a fact takes the next number of the chain')
    database.close()
  })

  test('reads each posting and each correction as entries that SQL can sum', () => {
    writeSettlement()
    const ledger = value(openLedger({ path, create: false }))
    value(
      ledger.correct({ correctionId: 'C1', settlementId: sale(1).settlementId, reason: '退货', correctedAt: '20230916100000' })
    )
    ledger.close()
    const database = new Database(path, { readonly: true })
    expect(database.prepare('SELECT fact, account, amount FROM entry ORDER BY fact, amount').raw().all()).toEqual([
      [2, 'revenue', -42000], [2, 'cash', 4500], [2, 'fund:hifp_pay', 17500], [2, 'personal-account', 20000],
      [3, 'personal-account', -20000], [3, 'fund:hifp_pay', -17500], [3, 'cash', -4500], [3, 'revenue', 42000]
    ])
    database.close()
  })

  test('reads the same entries as the journal derives, of every account there is', () => {
    const funds = {
      hifp_pay: fen(10000), hifob_pay: fen(2000), hifmi_pay: fen(1000), hifes_pay: fen(900),
      cvlserv_pay: fen(800), hifdm_pay: fen(700), maf_pay: fen(600), oth_pay: fen(1500)
    }
    const shares = { account: fen(20000), mutualAid: fen(5000), cash: fen(3500), hospital: fen(1000), personal: fen(23500) }
    const amounts = { ...sale(1).amounts, funds, ...shares }
    const intent = { ...sale(1).intent, amounts: { ...sale(1).intent.amounts, account: fen(15000) } }
    const ledger = value(openLedger({ path, create: true }))
    value(ledger.hold(sale(1, { amounts, intent })))
    const evidence = { ...EVIDENCE, balanceAfter: fen(35000) }
    value(ledger.post({ settlementId: sale(1).settlementId, evidence, postedAt: '20230915093005' }))
    ledger.close()
    const database = new Database(path, { readonly: true })
    const rows = database.prepare('SELECT account, amount FROM entry WHERE fact = 2').all()
    expect(rows).toHaveLength(13)
    expect(rows).toEqual(expect.arrayContaining(entriesOf(amounts)))
    expect(database.prepare('SELECT sum(amount) FROM entry').pluck().get()).toBe(0)
    database.close()
  })

  test('reads the counters of a year as one search of one table', () => {
    writeSettlement()
    const database = new Database(path, { readonly: true })
    const plan = database
      .prepare<[], { detail: string }>(
        'EXPLAIN QUERY PLAN SELECT counters FROM accumulator WHERE person_no = 1 AND insurance_type = 2 AND policy_year = 3'
      )
      .all()
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH accumulator USING PRIMARY KEY (person_no=? AND insurance_type=? AND policy_year=?)'
    ])
    database.close()
  })
})

describe('the write-ahead log of a till', () => {
  test('is flushed at each commit again after it has been grown without', () => {
    writeSettlement()
    const database = new Database(path)
    expect(new LogGrowth(database, 1 << 16).grow(Number.MAX_SAFE_INTEGER)).toBe(true)
    const full = 2
    expect(database.pragma('synchronous', { simple: true })).toBe(full)
    database.close()
  })

  test('is grown in slices between which settlements are durable', () => {
    const ledger = value(openLedger({ path, create: true, logBytes: 1 << 22, growth: 'later' }))
    expect(value(ledger.growLog())).toBe(false)
    value(ledger.hold(sale(1)))
    expect(value(ledger.growLog())).toBe(true)
    expect(statSync(`${path}-wal`).size).toBeGreaterThanOrEqual(1 << 22)
    expect(value(ledger.openHolds())).toHaveLength(1)
    ledger.close()
  })

  test('is grown when it opens, keeps its size, and begins anew after an idle checkpoint', () => {
    const logBytes = 1 << 20
    const ledger = value(openLedger({ path, create: true, logBytes }))
    const size = statSync(`${path}-wal`).size
    expect(size).toBeGreaterThanOrEqual(logBytes)
    value(ledger.hold(sale(1)))
    const { logFrames, checkpointedFrames } = value(ledger.checkpointIdle())
    expect(logFrames).toBeGreaterThan(0)
    expect(checkpointedFrames).toBe(logFrames)
    value(ledger.hold(sale(2)))
    expect(statSync(`${path}-wal`).size).toBe(size)
    ledger.close()
  })
  test('is left as it is until it holds as many pages as are asked for', () => {
    const ledger = value(openLedger({ path, create: true, logBytes: 1 << 20 }))
    value(ledger.hold(sale(1)))
    const { logFrames, checkpointedFrames } = value(ledger.checkpointIdle(1000))
    expect(logFrames).toBeGreaterThan(0)
    expect(checkpointedFrames).toBe(0)
    expect(value(ledger.checkpointIdle(logFrames))).toEqual({ logFrames, checkpointedFrames: logFrames })
    ledger.close()
  })

  test('is emptied as far as a reader lets it, and nobody waits for the reader', () => {
    const ledger = value(openLedger({ path, create: true, logBytes: 1 << 20, waitMs: 60_000 }))
    value(ledger.hold(sale(1)))
    const reader = value(openLedgerForReading(path))
    reader.sync.read(() => {
      expect(reader.sync.answeredTo()).toBe(0)
      value(ledger.hold(sale(2)))
      const { logFrames, checkpointedFrames } = value(ledger.checkpointIdle())
      expect(checkpointedFrames).toBeLessThan(logFrames)
    })
    const { logFrames, checkpointedFrames } = value(ledger.checkpointIdle())
    expect(checkpointedFrames).toBe(logFrames)
    reader.close()
    ledger.close()
  })
})

describe('a store failure is a value, and leaves nothing of the fact behind', () => {
  const overConnection = (options: Database.Options, prepare: (database: Database.Database) => void) => {
    const database = new Database(path, options)
    prepare(database)
    return writeLedger(sqliteWriter(database))
  }

  test('a full disk; the same call works when there is room', () => {
    value(openLedger({ path, create: true })).close()
    const large = sale(1, { result: new Uint8Array(100_000) })
    const limited = overConnection({}, (database) => {
      database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`)
    })
    expect(limited.hold(large)).toMatchObject({ ok: false, error: { kind: 'store-failure', cause: 'full' } })
    expect(value(limited.openHolds())).toEqual([])
    expect(value(limited.head()).sequence).toBe(0)
    limited.close()
    const roomy = value(openLedger({ path, create: false }))
    expect(value(roomy.hold(large)).outcome).toBe('written')
    roomy.close()
  })

  test('a file that may only be read', () => {
    value(openLedger({ path, create: true })).close()
    const ledger = overConnection({ readonly: true }, () => undefined)
    expect(ledger.hold(sale(1))).toMatchObject({ ok: false, error: { kind: 'store-failure', cause: 'read-only' } })
    ledger.close()
  })

  test('another connection that does not let go in time', () => {
    value(openLedger({ path, create: true })).close()
    const other = new Database(path)
    other.exec('BEGIN IMMEDIATE')
    const ledger = overConnection({ timeout: 20 }, () => undefined)
    const refused = ledger.hold(sale(1))
    expect(refused).toMatchObject({ ok: false, error: { kind: 'store-failure', cause: 'busy' } })
    other.exec('ROLLBACK')
    expect(value(ledger.hold(sale(1))).outcome).toBe('written')
    ledger.close()
    other.close()
  })

  test('a damaged fact', () => {
    writeSettlement()
    const bytes = readFileSync(path)
    const at = bytes.indexOf('provisional result 1')
    bytes.fill(0xff, at - 40, at)
    writeFileSync(path, bytes)
    const reader = value(openLedgerForReading(path))
    const found = reader.settlement(sale(1).settlementId)
    expect(found).toMatchObject({ ok: false, error: { kind: 'store-failure', cause: 'corrupt' } })
    reader.close()
  })
})

function fingerprint(): string {
  return statSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'folder'
}
