/** What the verifier says of confirmations, loads, closes and kept totals that somebody changed, or that were never right. */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  EVIDENCE,
  loadBack,
  loadEvidence,
  OF_RECORD,
  OF_RECORD_LESS_ACCOUNT,
  sale
} from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import { extend } from '../ledger/chain.ts'
import type { Fact, LoadHold, OfRecord } from '../ledger/fact.ts'
import { encodeFact } from '../ledger/fact-encoding.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Effects } from '../ledger/ledger-store.ts'
import { fen } from '../money/fen.ts'
import { migrate } from '../store/sqlite/migration.ts'
import { openLedger } from '../store/sqlite/open-ledger.ts'
import { sqliteWriter } from '../store/sqlite/sqlite-writer.ts'
import { describeFinding } from './finding.ts'
import { TABLES } from './tables.ts'
import { verifyLedger, type VerifyReport } from './verify-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'verify-centre-'))
const sound = join(folder, 'sound.db')
const damaged = join(folder, 'damaged.db')
afterAll(() => rmSync(folder, { recursive: true }))

const POSTED_AT = '20230915093005'
const CONFIRMED_AT = '20230916080000'

function settle(ledger: Ledger, number: number): void {
  value(ledger.hold(sale(number)))
  value(ledger.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt: POSTED_AT }))
}

const confirmation = (number: number, target: number, ofRecord?: OfRecord) => ({
  id: sale(number).settlementId,
  target,
  setlId: `T${target}`,
  setlTime: '20230915235959',
  ofRecord,
  confirmedAt: CONFIRMED_AT
})

/**
 * 1-2 settled, 3 booked with less from the account, 4-5 loaded back; 6-7 settled, 8 refunded, 9-10 its load released, 11 a
 * load of it open; 12 a close, 13 opened again, 14 closed; 15-16 settled and awaiting.
 */
beforeAll(() => {
  const ledger = value(openLedger({ path: sound, create: true }))
  settle(ledger, 1)
  value(ledger.confirm(confirmation(1, 2, OF_RECORD_LESS_ACCOUNT)))
  value(ledger.holdLoad(loadBack(1, 4000)))
  value(ledger.postLoad({ loadId: 'L1', evidence: loadEvidence(4000), postedAt: '20230917090005' }))
  settle(ledger, 2)
  value(ledger.correct({ correctionId: 'C2', settlementId: sale(2).settlementId, reason: '退货', correctedAt: '20230917100000' }))
  value(ledger.holdLoad(loadBack(2, 20000)))
  value(ledger.releaseLoad({ loadId: 'L2', proof: 'serial unchanged', releasedAt: '20230917100005' }))
  value(ledger.holdLoad(loadBack(2, 20000, 'L3')))
  const close = { day: '2023-09-17', report: new TextEncoder().encode('{}'), signature: 'cafe', closedAt: '20230917180000' }
  value(ledger.closeDay({ ...close, upTo: 11 }))
  value(ledger.reopenDay({ day: '2023-09-17', close: 12, reason: '现金重数', reopenedAt: '20230917181000' }))
  value(ledger.closeDay({ ...close, closedAt: '20230917182000', upTo: 13 }))
  settle(ledger, 3)
  ledger.close()
})

const verify = (path: string): VerifyReport => value(verifyLedger(path))

test('a sound ledger with everything has no finding and is counted', () => {
  expect(verify(sound)).toMatchObject({
    findings: [], holds: 3, postings: 3, corrections: 1, confirmations: 1, loads: 3, closes: 2, awaiting: 4, head: { sequence: 16 }
  })
})

/** Changes a copy of the sound ledger as somebody with SQL at hand would, past triggers and foreign keys. */
function tamper(sql: string): readonly string[] {
  for (const suffix of ['-wal', '-shm']) rmSync(`${damaged}${suffix}`, { force: true })
  copyFileSync(sound, damaged)
  const database = new Database(damaged)
  try {
    database.pragma('foreign_keys = OFF')
    database.pragma('ignore_check_constraints = ON')
    const triggers = database.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
    for (const trigger of triggers) database.exec(`DROP TRIGGER ${/TRIGGER (\w+)/.exec(trigger)?.[1] ?? ''}`)
    database.exec(sql)
    for (const trigger of triggers) database.exec(trigger)
  } finally {
    database.close()
  }
  return verify(damaged).findings.map(describeFinding)
}

describe('tampering', () => {
  test.each([
    ['another provisional result', "UPDATE result SET document = x'7b7d' WHERE hold = 1", 'result: row 1 has another document than its fact'],
    ['a result thrown away', 'DELETE FROM result WHERE hold = 6', 'result: row 6 is missing'],
    ["another number of the centre's", "UPDATE confirmation SET setl_id = 'X'", 'confirmation: row 2 has another setl_id than its fact'],
    ['a posting that says it was confirmed', 'DELETE FROM awaiting WHERE sequence = 16', 'awaiting: row 16 is missing'],
    ['a confirmed posting made to wait', 'INSERT INTO awaiting VALUES (2)', 'awaiting: 5 rows, 4 are accounted for'],
    ['another adjustment', 'UPDATE adjustment SET cash = cash + 1, account = account - 1', 'adjustment: row 1 has another account than its fact'],
    ['another amount of a load', 'UPDATE load SET amount = 1 WHERE hold = 4', 'load: row 4 has another amount than its fact'],
    ['a load that calls itself posted', 'UPDATE load_closing SET posted = 1 WHERE hold = 9', 'load_closing: row 9 has another posted than its fact'],
    ['an open load hidden', 'DELETE FROM open_load', `open_load: row ${sale(2).intent.cardId} is missing`],
    ['a debt forgotten', 'DELETE FROM owed WHERE hold = 1', 'owed: row 1 is missing'],
    ['a debt made smaller', 'UPDATE owed SET amount = 1 WHERE hold = 6', 'owed: row 6 has another amount than its fact'],
    ['another day', "UPDATE day_close SET day = '2023-09-18' WHERE sequence = 14", 'day_close: row 14 has another day than its fact'],
    ['a reopening hidden', 'DELETE FROM day_reopen', 'day_reopen: row 12 is missing'],
    ['a total of a day', "UPDATE hour_total SET cash = cash - 1 WHERE hour = '2023091509'", 'hour_total: row 2023091509 310 41 11 has another cash than its fact'],
    ['a total that nothing explains', "INSERT INTO hour_total SELECT '2023091523', insurance_type, med_type, person_type, settlements, corrections, adjustments, total, own_pay, over_ceiling, pre_pay, in_scope, deductible, hifp_pay, hifob_pay, hifmi_pay, hifes_pay, cvlserv_pay, hifdm_pay, maf_pay, oth_pay, fund_paid, personal, account, mutual_aid, cash, hospital FROM hour_total LIMIT 1", 'hour_total: 4 rows, 3 are accounted for']
  ])('%s', (_, sql, finding) => {
    expect(tamper(sql)).toContain(finding)
  })

  test('every table that repeats facts is watched', () => {
    const tablesOf = (version: number): string[] => {
      const database = new Database(':memory:')
      migrate(database, version)
      const names = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'fact'").pluck().all()
      database.close()
      return names
    }
    // 0003 and 0004 bring what repeats no fact.
    const names = [...tablesOf(2), ...tablesOf(5).filter((name) => !tablesOf(4).includes(name))]
    expect(names.toSorted()).toEqual([...TABLES].toSorted())
  })
})

describe('a ledger that chains perfectly and is wrong all the same', () => {
  /** Goes on behind the sound ledger's facts as a faulty terminal would: decided by nobody. */
  function goOn(...steps: readonly { readonly fact: Fact; readonly effects?: Effects }[]): readonly string[] {
    for (const suffix of ['-wal', '-shm']) rmSync(`${damaged}${suffix}`, { force: true })
    copyFileSync(sound, damaged)
    const database = new Database(damaged)
    // What two wrong facts leave in one table may break its keys, which here is not the question.
    database.pragma('foreign_keys = OFF')
    const store = sqliteWriter(database)
    for (const { fact, effects = {} } of steps) {
      const content = encodeFact(fact)
      value(store.transaction(() => store.append({ ...extend(store.head(), content), content, fact }, effects)))
    }
    store.close()
    return verify(damaged).findings.map(describeFinding)
  }
  const loadHold = (changes: Partial<LoadHold> = {}): Fact => ({ kind: 'load-hold', ...loadBack(1, 1000, 'L9'), ...changes })

  test('a confirmation under the number of another settlement', () => {
    expect(goOn({ fact: { kind: 'confirmation', ...confirmation(1, 16) } })).toContain('fact 17: confirms what does not wait for it')
  })

  test('amounts of record that do not add up', () => {
    const wrong = { ...OF_RECORD, amounts: { ...OF_RECORD.amounts, cash: fen(1) } }
    expect(goOn({ fact: { kind: 'confirmation', ...confirmation(3, 16, wrong) } })).toContain('fact 17: I2 does not hold')
  })

  test('an adjustment that moved nothing', () => {
    const findings = goOn({ fact: { kind: 'confirmation', ...confirmation(3, 16, OF_RECORD) } })
    expect(findings).toContain('adjustment: row 15 is missing')
    expect(findings).toContain('accumulator: row 999999000003 310 2023 has another counters than its fact')
    expect(findings).toContain('hour_total: row 2023091608 310 41 11 has another adjustments than its fact')
  })

  test('a load of more than is owed, of what nobody owes, of nothing', () => {
    expect(goOn({ fact: loadHold() })).toEqual([])
    expect(goOn({ fact: loadHold(loadBack(1, 1001, 'L9')) })).toContain('fact 17: loads more than is owed')
    expect(goOn({ fact: loadHold(loadBack(3, 1000, 'L9')) })).toContain('fact 17: loads what no settlement owes this card')
  })

  test('a credit given twice', () => {
    const credit = (loadId: string, cardId: string): Fact => {
      const { intent } = loadBack(1, 1000)
      return loadHold({ loadId, purpose: { kind: 'credit', creditId: 'K1' }, intent: { ...intent, cardId } })
    }
    expect(goOn({ fact: credit('L8', 'card 8') })).toEqual([])
    expect(goOn({ fact: credit('L8', 'card 8') }, { fact: credit('L9', 'card 9') })).toContain('fact 18: loads a credit twice')
  })

  test('a card that was given another amount than it was to get', () => {
    const posted: Fact = { kind: 'load-posting', loadId: 'L3', hold: 11, evidence: loadEvidence(19999), postedAt: '20230917190000' }
    expect(goOn({ fact: posted })).toContain('fact 17: balance before and after the load does not hold')
  })

  test('a close of a day before the last, a reopening of what is not the last', () => {
    const close: Fact = { kind: 'close', day: '2023-09-16', report: new Uint8Array(0), signature: '', closedAt: '20230918180000' }
    expect(goOn({ fact: close })).toEqual(['fact 17: closes a day before the last closed one'])
    const reopen: Fact = { kind: 'reopen', day: '2023-09-18', close: 14, reason: '?', reopenedAt: '20230918180000' }
    expect(goOn({ fact: reopen })).toContain('fact 17: opens again what is not the last close')
  })
})
