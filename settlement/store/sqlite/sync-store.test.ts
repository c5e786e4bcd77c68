import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { ok, refuse } from '../../../base/result.ts'
import { EVIDENCE, sale } from '../../../test/contract/ledger-fixture.ts'
import { value } from '../../../test/contract/ledger-store.contract.ts'
import { describeSyncStore } from '../../../test/contract/sync-store.contract.ts'
import { NO_BATCH } from '../../batch/batch.ts'
import { openLedger, openLedgerForReading } from './open-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'sync-'))
afterAll(() => rmSync(folder, { recursive: true }))

let ledgers = 0
const newPath = (): string => {
  ledgers += 1
  return join(folder, `${ledgers}.db`)
}

describeSyncStore('SQLite', () => {
  const ledger = value(openLedger({ path: newPath(), create: true }))
  return { store: ledger.sync, ledger }
})

const AT = '20261126101500'
const BATCH = { number: 1, previous: NO_BATCH, hash: 'a'.repeat(64), first: 1, count: 2, madeAt: AT, body: new Uint8Array([1]) }

test('a refused transaction takes the ledger back too, and one that is not refused keeps both', () => {
  const path = newPath()
  const ledger = value(openLedger({ path, create: true }))
  value(ledger.hold(sale(1)))
  value(ledger.post({ settlementId: sale(1).settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
  value(
    ledger.sync.transaction(() => {
      ledger.sync.addBatch(BATCH)
      return ok(null)
    })
  )
  const confirm = () => ledger.confirm({ id: sale(1).settlementId, target: 2, setlId: 'S1', setlTime: AT, ofRecord: undefined, confirmedAt: AT })
  ledger.sync.transaction(() => {
    value(confirm())
    ledger.sync.answerBatch(1, AT)
    return refuse('no')
  })
  expect(value(ledger.head()).sequence).toBe(2)
  expect(ledger.sync.answeredTo()).toBe(0)
  value(
    ledger.sync.transaction(() => {
      value(confirm())
      ledger.sync.answerBatch(1, AT)
      return ok(null)
    })
  )
  ledger.close()
  const reader = value(openLedgerForReading(path))
  expect(value(reader.head()).sequence).toBe(3)
  expect(reader.sync.answeredTo()).toBe(1)
  reader.close()
})

test('nobody changes or deletes what was made and refused, whatever program he uses', () => {
  const path = newPath()
  const ledger = value(openLedger({ path, create: true }))
  value(ledger.hold(sale(1)))
  value(ledger.hold(sale(2)))
  value(
    ledger.sync.transaction(() => {
      ledger.sync.addBatch(BATCH)
      ledger.sync.answerBatch(1, AT)
      ledger.sync.putParked({
        sequence: 1,
        kind: 'other',
        id: '',
        verdict: { kind: 'refused', refusal: { kind: 'tac-wrong' } },
        since: AT,
        state: 'open',
        retries: 0,
        changedAt: AT,
        note: ''
      })
      return ok(null)
    })
  )
  ledger.close()
  const database = new Database(path)
  for (const sql of [
    "UPDATE sync_batch SET hash = replace(hash, 'a', 'b')",
    "UPDATE sync_batch SET answered_at = '20270101000000'",
    'DELETE FROM sync_batch',
    "UPDATE sync_body SET body = x'00'",
    'DELETE FROM sync_body',
    'DELETE FROM parked',
    "UPDATE parked SET since = '20270101000000'",
    "INSERT INTO sync_batch VALUES (3, 'x', 'y', 3, 1, '20261126101500', 1, NULL)"
  ]) {
    expect(() => database.exec(sql), sql).toThrow(/never|follows the last one|stays the same/)
  }
  database.close()
})
