/** What was handed over: the verifier works it out from the claims and compares every row. */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dispensing, packs, splitPack } from '../../test/contract/dispensing-fixture.ts'
import { EVIDENCE, sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import { extend } from '../ledger/chain.ts'
import { dispensedBy } from '../ledger/dispensed.ts'
import type { Hold } from '../ledger/fact.ts'
import { encodeFact } from '../ledger/fact-encoding.ts'
import { openLedger } from '../store/sqlite/open-ledger.ts'
import { sqliteWriter } from '../store/sqlite/sqlite-writer.ts'
import { decodeContent } from './decode-content.ts'
import { handedOver } from './dispensed.ts'
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

/** Claims as a stranger might write them: fields of every kind where they belong and where they do not. */
const anything = fc.oneof(fc.constantFrom<unknown>(null, 1, true, '', '0', 'A', '1', [], {}), fc.string({ maxLength: 3 }))
const anyPack = fc.oneof(
  { weight: 6, arbitrary: fc.record({ drug_trac_codg: fc.constantFrom('A', 'B', 'C'), trdn_flag: fc.constantFrom('0', '1', '') }, { requiredKeys: ['drug_trac_codg'] }) },
  { weight: 1, arbitrary: anything }
)
const anyLine = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record(
      {
        feedetl_sn: fc.oneof({ weight: 6, arbitrary: fc.constantFrom<unknown>('1', '2', '3') }, { weight: 1, arbitrary: anything }),
        med_list_codg: fc.oneof({ weight: 6, arbitrary: fc.constantFrom<unknown>('X', 'Y') }, { weight: 1, arbitrary: anything }),
        cnt: fc.oneof({ weight: 9, arbitrary: fc.constantFrom<unknown>('1', '3', '2.5', '-1', '-0.5', '-3', '0', '0.00005', '999999999999.9999') }, { weight: 1, arbitrary: anything }),
        prd_days: fc.oneof({ weight: 6, arbitrary: fc.constantFrom<unknown>('30', '7.5', '0', '0.00', '999.99', '1000', '7.555') }, { weight: 1, arbitrary: anything }),
        drug_trac_info: fc.oneof({ weight: 9, arbitrary: fc.array(anyPack, { maxLength: 4 }) }, { weight: 1, arbitrary: anything }),
        return_of: fc.oneof({ weight: 6, arbitrary: fc.constantFrom<unknown>('1', '2', '9') }, { weight: 1, arbitrary: anything })
      },
      { requiredKeys: ['cnt', 'med_list_codg', 'drug_trac_info'] }
    )
  },
  { weight: 1, arbitrary: anything }
)
const anyClaim = fc.record(
  {
    begntime: fc.oneof({ weight: 3, arbitrary: fc.constantFrom<unknown>('2023-09-15', '2024-02-29 10:00:00') }, { weight: 1, arbitrary: fc.constantFrom<unknown>('2023-02-29', '1899-12-31', '2023-9-1', 7) }),
    lines: fc.oneof({ weight: 9, arbitrary: fc.array(anyLine, { maxLength: 5 }) }, { weight: 1, arbitrary: anything })
  },
  { requiredKeys: ['begntime', 'lines'] }
)

test('of any claim the verifier expects the very rows that the ledger keeps', () => {
  let handed = 0
  fc.assert(
    fc.property(anyClaim, (claim) => {
      const hold = sale(1, { claim: new TextEncoder().encode(JSON.stringify(claim)) })
      const { on, lines, packs: kept } = dispensedBy(hold) ?? { on: '', lines: [], packs: [] }
      const { row } = decodeContent(encodeFact({ kind: 'hold', ...hold }))
      const expected = handedOver(row, 1n)
      expect(expected.packs.map(({ code, line_no, split }) => [code, line_no, split])).toEqual(kept.map(({ code, lineNo, isSplit }) => [code, lineNo, isSplit ? 1n : 0n]))
      expect(expected.supplies.map(({ supplied_on, line_no, item_code, quantity, days, fund_paid }) => [supplied_on, line_no, item_code, quantity, days, fund_paid])).toEqual(
        lines.map(({ lineNo, itemCode, quantity, days, fundPaid }) => [on, lineNo, itemCode, BigInt(quantity), days === undefined ? null : BigInt(days), fundPaid ? 1n : 0n])
      )
      handed += lines.length
    }),
    { numRuns: 2000 }
  )
  expect(handed).toBeGreaterThan(100)
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
