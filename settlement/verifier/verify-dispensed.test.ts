/** What was handed over: the verifier works it out from the claims and compares every row. */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dispensing, packs, splitPack } from '../../test/contract/dispensing-fixture.ts'
import { EVIDENCE } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import { extend } from '../ledger/chain.ts'
import { dispensedBy } from '../ledger/dispensed.ts'
import type { Hold } from '../ledger/fact.ts'
import { encodeFact } from '../ledger/fact-encoding.ts'
import { openLedger } from '../store/sqlite/open-ledger.ts'
import { sqliteWriter } from '../store/sqlite/sqlite-writer.ts'
import { describeFinding } from './finding.ts'
import { verifyLedger } from './verify-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'verify-dispensed-'))
const sound = join(folder, 'sound.db')
const damaged = join(folder, 'damaged.db')
afterAll(() => rmSync(folder, { recursive: true }))

const SALES: readonly Hold[] = [
  dispensing(1, [
    { cnt: '3', prd_days: '30', drug_trac_info: packs('A', 'B', 'C') },
    { cnt: '-1', return_of: '1', drug_trac_info: packs('C') },
    { cnt: '0.5', prd_days: '3.5', drug_trac_info: [splitPack('S'), splitPack('S')] },
    { cnt: '1' }
  ]),
  dispensing(2, [{ drug_trac_info: packs('C') }]),
  dispensing(3, [{ drug_trac_info: [splitPack('S')] }]),
  dispensing(4, [{ drug_trac_info: packs('C') }])
]

/** The first is posted; the second posted and taken back, which frees C for the fourth; the third and fourth are open. */
beforeAll(() => {
  const ledger = value(openLedger({ path: sound, create: true }))
  for (const [index, hold] of SALES.entries()) {
    const { settlementId } = hold
    value(ledger.hold(hold))
    if (index < 2) value(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
    if (index === 1) value(ledger.correct({ correctionId: 'C2', settlementId, reason: '退货', correctedAt: '20230916100000' }))
  }
  ledger.close()
})

const findings = (path: string): readonly string[] => value(verifyLedger(path)).findings.map(describeFinding)

/** Changes a copy as somebody with SQL at hand would, past triggers. */
function tamper(sql: string): readonly string[] {
  for (const suffix of ['-wal', '-shm']) rmSync(`${damaged}${suffix}`, { force: true })
  copyFileSync(sound, damaged)
  const database = new Database(damaged)
  database.pragma('foreign_keys = OFF')
  const triggers = database.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
  for (const trigger of triggers) database.exec(`DROP TRIGGER ${/TRIGGER (\w+)/.exec(trigger)?.[1] ?? ''}`)
  database.exec(sql)
  for (const trigger of triggers) database.exec(trigger)
  database.close()
  return findings(damaged)
}

test('a sound ledger of packs, splits and returns has no finding', () => {
  expect(findings(sound)).toEqual([])
})

test('every row is known: there are six packs and five supplies', () => {
  const database = new Database(sound, { readonly: true })
  expect(database.prepare('SELECT code, hold, line_no, split FROM trace_code').raw().all()).toEqual([
    ['A', 1, '1', 0], ['B', 1, '1', 0], ['C', 3, '1', 0], ['C', 7, '1', 0], ['S', 1, '3', 1], ['S', 6, '1', 1]
  ])
  expect(database.prepare('SELECT hold, line_no, quantity, days FROM supply').raw().all()).toEqual([
    [1, '1', 20000, 20], [1, '3', 5000, 3], [3, '1', 10000, null], [6, '1', 10000, null], [7, '1', 10000, null]
  ])
  database.close()
})

test.each([
  ['a pack forgotten, so that it can be sold again', "DELETE FROM trace_code WHERE code = 'A'", 'trace_code: row A 1 1 is missing'],
  ['a whole pack that calls itself split', "UPDATE trace_code SET split = 1 WHERE code = 'B'", 'trace_code: row B 1 1 has another split than its fact'],
  ['a pack that nobody sold', "INSERT INTO trace_code VALUES ('X', 1, '1', 0)", 'trace_code: 7 rows, 6 are accounted for'],
  ['a supply forgotten', 'DELETE FROM supply WHERE hold = 1 AND days = 20', 'supply: row 999999000001 2023-09-15 1 1 is missing'],
  ['a supply that lasts less', 'UPDATE supply SET days = 2 WHERE days = 3', 'supply: row 999999000001 2023-09-15 1 3 has another days than its fact'],
  ['a supply of less', 'UPDATE supply SET quantity = 1 WHERE days = 20', 'supply: row 999999000001 2023-09-15 1 1 has another quantity than its fact'],
  ['a supply of another item', "UPDATE supply SET item_code = 'X' WHERE hold = 3", 'supply: row 999999000002 2023-09-15 3 1 has another item_code than its fact'],
  ['a supply that no fund paid for', 'UPDATE supply SET fund_paid = 0 WHERE days = 20', 'supply: row 999999000001 2023-09-15 1 1 has another fund_paid than its fact']
])('%s', (_, sql, finding) => {
  expect(tamper(sql)).toContain(finding)
})

test('a pack sold twice by whoever did not ask the ledger is found, though every row is right', () => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${damaged}${suffix}`, { force: true })
  value(openLedger({ path: damaged, create: true })).close()
  const store = sqliteWriter(new Database(damaged))
  for (const hold of [dispensing(1, [{ drug_trac_info: packs('A') }]), dispensing(2, [{ drug_trac_info: [splitPack('A')] }])]) {
    const fact = { kind: 'hold', ...hold } as const
    const content = encodeFact(fact)
    const dispensed = dispensedBy(hold)
    value(store.transaction(() => store.append({ ...extend(store.head(), content), content, fact }, dispensed === undefined ? {} : { dispensed })))
  }
  store.close()
  expect(findings(damaged)).toEqual(['fact 2: hands over a pack that is sold'])
})
