/** A ledger of the first version is brought up to date when it is opened: its facts byte for byte, and what is new derived. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EVIDENCE, loadBack, loadEvidence, sale } from '../../../test/contract/ledger-fixture.ts'
import { value } from '../../../test/contract/ledger-store.contract.ts'
import { writeFirstLedger } from '../../../test/support/first-ledger.ts'
import { verifyLedger } from '../../verifier/verify-ledger.ts'
import { VERSION_MAX } from './migration.ts'
import { openLedger, openLedgerForReading } from './open-ledger.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'))
  path = join(folder, 'ledger.db')
  writeFirstLedger(path)
})
afterEach(() => rmSync(folder, { recursive: true }))

function query(sql: string): unknown[] {
  const database = new Database(path, { readonly: true })
  try {
    return database.prepare(sql).raw().all()
  } finally {
    database.close()
  }
}

const FACTS = 'SELECT sequence, kind, hex(content), hex(hash) FROM fact ORDER BY sequence'

test('no fact is changed, and the ledger verifies before and after', () => {
  const before = query(FACTS)
  expect(value(verifyLedger(path))).toMatchObject({ findings: [], holds: 4, postings: 2, head: { sequence: 8 } })
  value(openLedger({ path, create: false })).close()
  expect(query('PRAGMA user_version')).toEqual([[VERSION_MAX]])
  expect(query(FACTS)).toEqual(before)
  expect(value(verifyLedger(path))).toMatchObject({ findings: [], holds: 4, postings: 2, head: { sequence: 8 } })
})

test('what was settled is read as before, without a claim and with its result', () => {
  const ledger = value(openLedger({ path, create: false }))
  const state = value(ledger.settlement(sale(3).settlementId))
  expect(state?.hold.fact).toEqual({ kind: 'hold', ...sale(3), medType: '', personType: '', claim: new Uint8Array(0) })
  expect(value(ledger.openHolds()).map(({ fact }) => fact.settlementId)).toEqual([sale(4).settlementId])
  expect(value(ledger.counters(sale(3)))).toEqual(sale(3).counters)
  ledger.close()
})

test('everything posted and refunded waits for its confirmation, is in the totals, and owes the card what it owed', () => {
  const ledger = value(openLedger({ path, create: false }))
  expect(value(ledger.awaiting(10)).map(({ sequence }) => sequence)).toEqual([2, 3, 7])
  expect(value(ledger.unconfirmed())).toEqual({ count: 3, since: '20230915093005' })
  const totals = value(ledger.dayTotals('2023-09-15', '2023-09-16'))
  expect(totals.map(({ day, hour, settlements, corrections, amounts }) => [day, hour, settlements, corrections, amounts.total])).toEqual([
    ['2023-09-15', 9, 1, 0, 42000],
    ['2023-09-15', 11, 1, 0, 42000],
    ['2023-09-16', 10, 0, 1, -42000]
  ])
  expect(value(ledger.provedTotals('2023-09-15', '2023-09-16'))).toEqual(totals)
  expect(value(ledger.owing(sale(1).intent.cardId)).map(({ owed }) => owed.owed)).toEqual([20000])
  ledger.close()
})

test('it goes on with facts of the new kinds and encoding, and verifies', () => {
  const ledger = value(openLedger({ path, create: false }))
  value(ledger.post({ settlementId: sale(4).settlementId, evidence: EVIDENCE, postedAt: '20230916110000' }))
  value(ledger.hold(sale(5)))
  value(ledger.confirm({ id: sale(3).settlementId, target: 7, setlId: 'T7', setlTime: '20230916120000', ofRecord: undefined, confirmedAt: '20230916120001' }))
  value(ledger.holdLoad(loadBack(1, 20000)))
  value(ledger.postLoad({ loadId: 'L1', evidence: loadEvidence(20000), postedAt: '20230917090005' }))
  expect(value(ledger.owing())).toEqual([])
  ledger.close()
  expect(value(verifyLedger(path))).toMatchObject({ findings: [], postings: 3, confirmations: 1, loads: 1, awaiting: 4 })
})

test('who only reads is told that it is older, and changes nothing', () => {
  const before = readFileSync(path)
  expect(openLedgerForReading(path)).toEqual({
    ok: false,
    error: { kind: 'older-version', path, version: 1, versionNeeded: VERSION_MAX }
  })
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a damaged one is refused and stays at its version with every fact', () => {
  const database = new Database(path)
  database.exec("DROP TRIGGER fact_stays; UPDATE fact SET content = x'00' WHERE sequence = 1")
  database.close()
  const before = query(FACTS)
  expect(openLedger({ path, create: false })).toMatchObject({ ok: false, error: { kind: 'store-failure', cause: 'corrupt' } })
  expect(query('PRAGMA user_version')).toEqual([[1]])
  expect(query(FACTS)).toEqual(before)
  expect(query("SELECT name FROM sqlite_schema WHERE name = 'awaiting'")).toEqual([])
})
