/** Keeping a fact in SQLite, with every reading of it, as prepared inserts. */

import type { Database, Statement } from 'better-sqlite3'
import { invariant, never } from '../../../base/invariant.ts'
import type { Counters } from '../../calculation/counters.ts'
import type { CounterKey, Entry, FactOf, LedgerLine } from '../../ledger/fact.ts'
import { encodeCounters } from '../../ledger/fact-encoding.ts'
import type { ChainedFact, WritableStore } from '../../ledger/ledger-store.ts'
import { sqliteReader, within } from './sqlite-reader.ts'

export function sqliteWriter(database: Database): WritableStore {
  const insert = prepareInserts(database)
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  return {
    ...sqliteReader(database),
    transaction: (work) => within(database, { begin, commit }, work),
    append: (chained, counters) => append(insert, chained, counters)
  }
}

type Inserts = ReturnType<typeof prepareInserts>

function prepareInserts(database: Database) {
  const insert = (table: string, columns: number): Statement =>
    database.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`)
  return {
    fact: insert('fact', 4),
    head: database.prepare('UPDATE head SET sequence = ?, hash = ?'),
    hold: insert('hold', 8),
    openHold: insert('open_hold', 3),
    closeHold: database.prepare(
      'DELETE FROM open_hold WHERE (institution, visit_no) = (SELECT institution, visit_no FROM hold WHERE sequence = ?)'
    ),
    closing: insert('closing', 2),
    posting: insert('posting', 29),
    correction: insert('correction', 9),
    line: insert('line', 10),
    entry: insert('entry', 4),
    accumulator: database.prepare(
      'INSERT INTO accumulator VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET counters = excluded.counters'
    ),
    outbox: insert('outbox', 1)
  }
}

function append(insert: Inserts, chained: ChainedFact, counters: Counters | undefined): void {
  const { sequence, fact, content, hash } = chained
  insert.fact.run(sequence, fact.kind, content, hash)
  insert.head.run(sequence, hash)
  switch (fact.kind) {
    case 'hold':
      return appendHold(insert, sequence, fact)
    case 'posting':
      appendPosting(insert, sequence, fact)
      return appendReadings(insert, sequence, fact, counters)
    case 'release':
      return closeHold(insert, fact.hold, sequence)
    case 'correction':
      appendCorrection(insert, sequence, fact)
      return appendReadings(insert, sequence, fact, counters)
    default:
      return never(fact)
  }
}

function appendHold(insert: Inserts, sequence: number, hold: FactOf<'hold'>): void {
  const { settlementId, visit, personNo, intent, heldAt } = hold
  const { institution, visitNo } = visit
  insert.hold.run(sequence, settlementId, institution, visitNo, personNo, intent.cardId, intent.amounts.account, heldAt)
  insert.openHold.run(institution, visitNo, sequence)
}

function closeHold(insert: Inserts, hold: number, closing: number): void {
  insert.closing.run(hold, closing)
  const { changes } = insert.closeHold.run(hold)
  invariant(changes === 1, `hold ${hold} was not open`)
}

function appendPosting(insert: Inserts, sequence: number, posting: FactOf<'posting'>): void {
  const { settlementId, hold, visit, personNo, insuranceType, policyYear, cardId, policy, amounts, evidence } = posting
  insert.posting.run(
    sequence, hold, settlementId, visit.institution, visit.visitNo, personNo, insuranceType, policyYear, cardId,
    policy.id, policy.version, posting.postedAt,
    amounts.total, amounts.ownPay, amounts.overCeiling, amounts.prePay, amounts.inScope, amounts.deductible,
    amounts.fundPaid, amounts.personal, amounts.account, amounts.mutualAid, amounts.cash, amounts.hospital,
    evidence.source, evidence.tac ?? null, evidence.mac2 ?? null, evidence.serialAfter, evidence.balanceAfter ?? null
  )
  closeHold(insert, hold, sequence)
}

function appendCorrection(insert: Inserts, sequence: number, correction: FactOf<'correction'>): void {
  const { posting, correctionId, reason, correctedAt, amounts } = correction
  const { total, fundPaid, account, cash } = amounts
  insert.correction.run(sequence, posting, correctionId, reason, correctedAt, total, fundPaid, account, cash)
}

interface Readings extends CounterKey {
  readonly lines: readonly LedgerLine[]
  readonly entries: readonly Entry[]
}

function appendReadings(insert: Inserts, sequence: number, fact: Readings, counters: Counters | undefined): void {
  invariant(counters !== undefined, `fact ${sequence} moves counters and says not where to`)
  for (const [index, line] of fact.lines.entries()) {
    const { lineNo, itemCode, itemName, amount, ownPay, overCeiling, prePay, inScope } = line
    insert.line.run(sequence, index + 1, lineNo, itemCode, itemName, amount, ownPay, overCeiling, prePay, inScope)
  }
  for (const [index, { account, amount }] of fact.entries.entries()) {
    insert.entry.run(sequence, index + 1, account, amount)
  }
  insert.accumulator.run(fact.personNo, fact.insuranceType, fact.policyYear, encodeCounters(counters))
  insert.outbox.run(sequence)
}
