import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVIDENCE, line, sale } from '../../test/contract/ledger-fixture.ts'
import { value } from '../../test/contract/ledger-store.contract.ts'
import type { Counters } from '../calculation/counters.ts'
import type { Amounts } from '../calculation/settlement-result.ts'
import { extend } from '../ledger/chain.ts'
import type { Fact, Hold, LedgerLine } from '../ledger/fact.ts'
import { encodeFact } from '../ledger/fact-encoding.ts'
import type { Movement } from '../ledger/ledger-store.ts'
import { fen } from '../money/fen.ts'
import type { DebitEvidence } from '../payment/payment-device.ts'
import { openLedger } from '../store/sqlite/open-ledger.ts'
import { sqliteWriter } from '../store/sqlite/sqlite-writer.ts'
import { describeFinding } from './finding.ts'
import { TABLES } from './tables.ts'
import { verifyLedger, type VerifyReport } from './verify-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'verify-'))
const sound = join(folder, 'sound.db')
const damaged = join(folder, 'damaged.db')
afterAll(() => rmSync(folder, { recursive: true }))

/** Facts 1 to 9: settled and corrected (1-3), released (4-5), settled twice by one person (6-9); 10 is open. */
beforeAll(() => {
  const ledger = value(openLedger({ path: sound, create: true }))
  const post = (number: number) =>
    value(ledger.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
  value(ledger.hold(sale(1)))
  post(1)
  const { settlementId } = sale(1)
  value(ledger.correct({ correctionId: 'C1', settlementId, reason: '退货', correctedAt: '20230916100000' }))
  value(ledger.hold(sale(2)))
  value(ledger.release({ settlementId: sale(2).settlementId, proof: 'the card says no', releasedAt: '20230915093005' }))
  for (const number of [3, 4]) {
    value(ledger.hold(sale(number, { personNo: '999999000003' })))
    post(number)
  }
  value(ledger.hold(sale(5)))
  ledger.close()
})

const verify = (path: string): VerifyReport => value(verifyLedger(path))

/** Changes a copy of the sound ledger as somebody with SQL at hand would, past triggers and foreign keys. */
function tamper(sql: string): readonly string[] {
  copySound()
  const database = new Database(damaged)
  try {
    database.pragma('foreign_keys = OFF')
    alter(database, sql)
  } finally {
    database.close()
  }
  return verify(damaged).findings.map(describeFinding)
}

function alter(database: Database.Database, sql: string): void {
  const triggers = database.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
  for (const trigger of triggers) database.exec(`DROP TRIGGER ${/TRIGGER (\w+)/.exec(trigger)?.[1] ?? ''}`)
  database.exec(sql)
  for (const trigger of triggers) database.exec(trigger)
}

function copySound(): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${damaged}${suffix}`, { force: true })
  copyFileSync(sound, damaged)
}

test('a sound ledger has no finding and is counted', () => {
  const report = verify(sound)
  expect(report).toMatchObject({ sound: true, findings: [], openHolds: 1 })
  expect(report).toMatchObject({ holds: 5, postings: 3, releases: 1, corrections: 1 })
  expect(report.head.sequence).toBe(10)
})

test('verifying changes no byte of the file', () => {
  const before = readFileSync(sound)
  verify(sound)
  expect(readFileSync(sound).equals(before)).toBe(true)
})

test('a copy taken while a till writes verifies with its write-ahead log', () => {
  const path = join(folder, 'live.db')
  const ledger = value(openLedger({ path, create: true }))
  value(ledger.hold(sale(1)))
  copyFileSync(path, damaged)
  copyFileSync(`${path}-wal`, `${damaged}-wal`)
  expect(verify(damaged)).toMatchObject({ sound: true, holds: 1 })
  expect(verify(path)).toMatchObject({ sound: true, holds: 1 })
  ledger.close()
})

describe('the write-ahead log', () => {
  const frameLength = 24 + 4096
  const frameAt = (number: number): number => 32 + (number - 1) * frameLength

  /** A copy, taken while the till has it open, of a ledger whose ten facts are all in its log. */
  function copyLive(change: (log: Buffer) => Buffer): VerifyReport {
    const path = join(folder, 'live.db')
    for (const suffix of ['', '-wal', '-shm', '-writer']) rmSync(`${path}${suffix}`, { force: true })
    const ledger = value(openLedger({ path, create: true }))
    for (const number of [1, 2, 3, 4, 5]) {
      value(ledger.hold(sale(number)))
      value(ledger.post({ settlementId: sale(number).settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
    }
    for (const suffix of ['-wal', '-shm']) rmSync(`${damaged}${suffix}`, { force: true })
    copyFileSync(path, damaged)
    writeFileSync(`${damaged}-wal`, change(readFileSync(`${path}-wal`)))
    ledger.close()
    return verify(damaged)
  }
  const flipped = (log: Buffer, offset: number): Buffer => {
    log[offset] = (log[offset] ?? 0) ^ 1
    return log
  }
  /** Number of the last frame of each commit. */
  const commits = (log: Buffer): number[] =>
    Array.from({ length: (log.length - 32) / frameLength }, (_, index) => index + 1).filter(
      (number) => log.readUInt32BE(frameAt(number) + 4) !== 0
    )

  test('whole', () => {
    expect(copyLive((log) => log)).toMatchObject({ sound: true, postings: 5 })
  })

  test('a changed byte takes committed facts away, and is found in page, number, salt and checksum of a frame', () => {
    for (const offset of [0, 8, 16, 23, 24, 1000, frameLength - 1]) {
      const report = copyLive((log) => flipped(log, frameAt(commits(log)[3] ?? 0) + offset))
      expect(report.head.sequence).toBeLessThan(10)
      expect(report.findings.map(describeFinding).join()).toMatch(/^the write-ahead log is damaged at frame \d+: what was committed/)
    }
  })

  test('a changed byte of its header loses all of it', () => {
    for (const offset of [0, 3, 8, 16, 24]) {
      const report = copyLive((log) => flipped(log, offset))
      expect(report.findings[0]).toEqual({ kind: 'log-damaged', frame: 0 })
    }
  })

  test('torn within the last commit is what a crash leaves', () => {
    for (const missing of [1, frameLength, frameLength + 100]) {
      expect(copyLive((log) => log.subarray(0, log.length - missing))).toMatchObject({ sound: true, head: { sequence: 9 } })
    }
  })

  test('what an earlier round left behind its end is no damage', () => {
    const path = join(folder, 'rounds.db')
    const ledger = value(openLedger({ path, create: true }))
    for (const number of [1, 2, 3]) value(ledger.hold(sale(number)))
    value(ledger.checkpointIdle())
    value(ledger.hold(sale(4)))
    expect(verify(path)).toMatchObject({ sound: true, holds: 4 })
    ledger.close()
  })
})

test('a version of 0 is refused', () => {
  const bytes = readFileSync(sound)
  bytes[63] = 0
  for (const suffix of ['-wal', '-shm']) rmSync(`${damaged}${suffix}`, { force: true })
  writeFileSync(damaged, bytes)
  expect(verifyLedger(damaged)).toEqual({ ok: false, error: { kind: 'unknown-version', path: damaged, version: 0 } })
})

describe('tampering', () => {
  /** The last fact with every row that speaks of it. */
  const CUT_OFF =
    "DELETE FROM fact WHERE sequence = 10; DELETE FROM standing WHERE visit_no = 'V000005'; DELETE FROM result WHERE hold = 10"

  test('an amount of a posting', () => {
    const findings = tamper('UPDATE posting SET cash = cash - 1, account = account + 1 WHERE hold = 6')
    expect(findings).toEqual([
      'posting: row 6 has another account than its fact',
      'posting: row 6 has another cash than its fact'
    ])
  })

  test('two entries that still balance', () => {
    const findings = tamper(
      'PRAGMA ignore_check_constraints = ON; UPDATE posting SET cash = cash + 100, hifp_pay = hifp_pay - 100 WHERE hold = 6'
    )
    expect(findings).toContain('posting: row 6 has another hifp_pay than its fact')
    expect(findings).toContain('posting: row 6 has another cash than its fact')
    expect(findings).not.toContain('fact 7: its entries do not sum to zero')
  })

  test('an entry that no longer balances', () => {
    const findings = tamper('PRAGMA ignore_check_constraints = ON; UPDATE posting SET cash = 4501 WHERE hold = 6')
    expect(findings).toContain('fact 7: its entries do not sum to zero')
  })

  test('a reading that hides an entry', () => {
    const view = "CREATE VIEW entry AS SELECT 1 AS fact, 'cash' AS account, 0 AS amount"
    expect(tamper(`DROP VIEW entry; ${view}`)).toEqual(['schema: entry is changed'])
  })

  test('a content with its hash recomputed: the chain breaks at the next fact', () => {
    const changed = Buffer.from(readContent(7).toString('latin1').replace('20230915093005', '20230915093006'), 'latin1')
    const hash = hashOf(readHash(6), 7, changed)
    const findings = tamper(`UPDATE fact SET content = x'${changed.toString('hex')}', hash = x'${hash}' WHERE sequence = 7`)
    expect(findings).toContain('fact 8: the hash chain breaks here')
    expect(findings).toContain('posting: row 6 has another posted_at than its fact')
  })

  test('two facts that changed places', () => {
    const findings = tamper(
      'UPDATE fact SET sequence = 99 WHERE sequence = 7; UPDATE fact SET sequence = 7 WHERE sequence = 9;' +
        'UPDATE fact SET sequence = 9 WHERE sequence = 99'
    )
    expect(findings).toContain('fact 7: the hash chain breaks here')
    expect(findings).toContain('fact 7: closes a hold that is not open')
  })

  test('a fact that is gone', () => {
    const findings = tamper('DELETE FROM fact WHERE sequence = 5')
    expect(findings).toContain('fact 5 is missing, fact 6 follows')
    expect(findings).toContain('release: 1 rows, 0 are accounted for')
  })

  test('the last fact gone, and every row that speaks of it', () => {
    const findings = tamper(CUT_OFF)
    expect(findings).toEqual(['the chain ends at fact 9, not where its end was recorded in the ledger'])
  })

  test('the last fact gone and the head moved back: only who knows the head elsewhere can tell', () => {
    const head = verify(sound).head
    const back = 
      "UPDATE standing SET (sequence, hash) = (SELECT sequence, hash FROM fact WHERE sequence = 9) WHERE visit_no = ''"
    const findings = tamper(`${CUT_OFF}; ${back}`)
    expect(findings).toEqual([])
    const report = value(verifyLedger(damaged, { headElsewhere: head }))
    expect(report.findings).toEqual([{ kind: 'head', recorded: 'elsewhere', sequence: 9 }])
    expect(value(verifyLedger(sound, { headElsewhere: { ...head } })).sound).toBe(true)
    const printed = { sequence: 10, hash: head.hash.subarray(0, 8) }
    expect(value(verifyLedger(sound, { headElsewhere: printed })).sound).toBe(true)
    expect(value(verifyLedger(damaged, { headElsewhere: printed })).sound).toBe(false)
    expect(value(verifyLedger(sound, { headElsewhere: { ...printed, hash: head.hash.subarray(1, 9) } })).sound).toBe(false)
    expect(value(verifyLedger(sound, { headElsewhere: { ...printed, hash: head.hash.subarray(0, 7) } })).sound).toBe(false)
  })

  test('the recorded head under another name', () => {
    const findings = tamper("PRAGMA ignore_check_constraints = ON; UPDATE standing SET visit_no = 'x' WHERE visit_no = ''")
    expect(findings).toContain('the chain ends at fact 10, not where its end was recorded in the ledger')
  })

  test('a deductible that the person has not used', () => {
    const findings = tamper("UPDATE accumulator SET counters = x'0400' WHERE person_no = '999999000003'")
    expect(findings).toEqual(['accumulator: row 999999000003 310 2023 has another counters than its fact'])
  })

  test('an upload that would never be sent: a posting that calls itself a hold', () => {
    expect(tamper("UPDATE fact SET kind = 'hold' WHERE sequence = 7")).toEqual(['fact: row 7 has another kind than its fact'])
  })

  test('an open hold hidden, a closed one opened', () => {
    expect(tamper("DELETE FROM standing WHERE visit_no <> ''")).toEqual(['standing: row P99999900001 V000005 is missing'])
    const opened = tamper("INSERT INTO standing VALUES ('P99999900001', 'V000003', 'S', 6, NULL)")
    expect(opened).toEqual(['standing: 3 rows, 2 are accounted for'])
  })

  test('a trigger taken away, an index of somebody else', () => {
    copySound()
    const database = new Database(damaged)
    database.exec('DROP TRIGGER posting_stays; CREATE INDEX other ON posting (cash)')
    database.close()
    expect(verify(damaged).findings.map(describeFinding)).toEqual([
      'schema: posting_stays is missing',
      'schema: other is unexpected'
    ])
  })
})

describe('a ledger that chains perfectly and is wrong all the same', () => {
  /** Writes facts as a faulty terminal would: hashed and stored like any other, decided by nobody. */
  function writeUnchecked(...steps: readonly { readonly fact: Fact; readonly hold: Hold; readonly counters?: Counters }[]) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${damaged}${suffix}`, { force: true })
    value(openLedger({ path: damaged, create: true })).close()
    const store = sqliteWriter(new Database(damaged))
    for (const { fact, hold, counters } of steps) {
      const content = encodeFact(fact)
      const movement = counters === undefined ? {} : { movement: movementOf(fact, hold, counters) }
      value(store.transaction(() => store.append({ ...extend(store.head(), content), content, fact }, { hold, ...movement })))
    }
    store.close()
    return verify(damaged).findings.map(describeFinding)
  }
  const movementOf = (fact: Fact, hold: Hold, countersAfter: Counters): Movement => ({
    kind: 'settlement',
    hold: fact.kind === 'posting' ? fact.hold : 0,
    terms: hold,
    at: fact.kind === 'posting' ? fact.postedAt : '',
    amounts: hold.amounts,
    countersAfter
  })
  const posting = (changes: Partial<DebitEvidence> = {}): Fact => ({
    kind: 'posting', settlementId: sale(1).settlementId, hold: 1, evidence: { ...EVIDENCE, ...changes }, postedAt: '20230915093005'
  })

  test('amounts of a hold that break I1, I2, I3 or I4', () => {
    const forged = (changes: Partial<Amounts>) => {
      const hold = sale(1, { amounts: { ...sale(1).amounts, ...changes } })
      return writeUnchecked({ fact: { kind: 'hold', ...hold }, hold })
    }
    expect(forged({ hospital: fen(1) })).toEqual(['fact 1: I1 does not hold'])
    expect(forged({ cash: fen(4501) })).toEqual(['fact 1: I2 does not hold'])
    expect(forged({ funds: { ...sale(1).amounts.funds, oth_pay: fen(1) } })).toEqual(['fact 1: I3 does not hold'])
    expect(forged({ mutualAid: fen(20001) })).toEqual(['fact 1: I4 does not hold'])
  })

  test('lines of a hold that break I6, I7 or I8', () => {
    const [first, second] = [line('1', 'A', '甲', { amount: 40000, ownPay: 0 }), line('2', 'B', '丙', { amount: 2000, ownPay: 2000 })]
    const forged = (...lines: LedgerLine[]) => {
      const hold = sale(1, { lines })
      return writeUnchecked({ fact: { kind: 'hold', ...hold }, hold })
    }
    expect(forged(first, second)).toEqual([])
    expect(forged(first, { ...second, amount: fen(2001) })).toEqual(['fact 1: I6 does not hold', 'fact 1: I8 does not hold'])
    expect(forged(first, { ...second, ownPay: fen(1999), prePay: fen(1) })).toEqual(['fact 1: I7 does not hold'])
  })

  test('a card that paid another amount than it was asked for', () => {
    const hold = sale(1)
    const findings = writeUnchecked(
      { fact: { kind: 'hold', ...hold }, hold },
      { fact: posting({ balanceAfter: fen(29999) }), hold, counters: hold.counters }
    )
    expect(findings).toEqual(['fact 2: balance before and after the debit does not hold'])
  })

  test('counters that a posting did not move', () => {
    const hold = sale(1)
    const findings = writeUnchecked({ fact: { kind: 'hold', ...hold }, hold }, { fact: posting(), hold, counters: {} })
    expect(findings).toEqual(['accumulator: row 999999000001 310 2023 has another counters than its fact'])
  })
})

/** Every logical row of the file, or undefined when SQLite itself cannot read it any more. */
function dump(path: string): string | undefined {
  const database = new Database(path, { readonly: true })
  try {
    return JSON.stringify(['fact', ...TABLES].map((table) => quoted(database, table)))
  } catch (cause) {
    if (cause instanceof Database.SqliteError) return undefined
    throw cause
  } finally {
    database.close()
  }
}

function quoted(database: Database.Database, table: string): unknown[] {
  const columns = database.pragma(`table_info(${table})`) as { name: string }[]
  return database.prepare(`SELECT ${columns.map(({ name }) => `quote(${name})`).join(', ')} FROM ${table}`).raw().all()
}

describe('damage', () => {
  test('any changed byte that changes a row is found, and no byte makes the verifier fail', { timeout: 120_000 }, () => {
    const bytes = readFileSync(sound)
    const before = dump(sound)
    const step = Number(process.env['FUZZ_STEP'] ?? 211)
    let changedRows = 0
    const missed: number[] = []
    for (let offset = Number(process.env['FUZZ_FROM'] ?? 0); offset < bytes.length; offset += step) {
      const copy = Buffer.from(bytes)
      copy[offset] = (copy[offset] ?? 0) ^ (1 << offset % 8)
      writeFileSync(damaged, copy)
      const report = verifyLedger(damaged)
      const isFound = !report.ok || !report.value.sound
      const after = isFound ? undefined : dump(damaged)
      if (isFound) changedRows += 1
      else if (after !== before) missed.push(offset)
    }
    expect(missed).toEqual([])
    expect(changedRows).toBeGreaterThan(50)
  })
})

const readContent = (sequence: number): Buffer => readFact('content', sequence)
const readHash = (sequence: number): Buffer => readFact('hash', sequence)

function readFact(column: string, sequence: number): Buffer {
  const database = new Database(sound, { readonly: true })
  const bytes = database.prepare<[number], Buffer>(`SELECT ${column} FROM fact WHERE sequence = ?`).pluck().get(sequence)
  database.close()
  return Buffer.from(bytes ?? [])
}

function hashOf(previous: Uint8Array, sequence: number, content: Uint8Array): string {
  const number = Buffer.alloc(8)
  number.writeBigInt64BE(BigInt(sequence))
  return createHash('sha256').update(previous).update(number).update(content).digest('hex')
}
