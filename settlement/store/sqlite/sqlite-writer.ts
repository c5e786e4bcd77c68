/** Keeping a fact in SQLite, with every reading of it, as prepared inserts. */

import type { Database, Statement } from 'better-sqlite3'
import { invariant } from '../../../base/invariant.ts'
import type { Counters } from '../../calculation/counters.ts'
import { FUNDS } from '../../calculation/settlement-result.ts'
import type { CounterKey, FactOf, Hold, Visit } from '../../ledger/fact.ts'
import { encodeCounters } from '../../ledger/fact-encoding.ts'
import type { ChainedFact, WritableStore } from '../../ledger/ledger-store.ts'
import { END, sqliteReader, within } from './sqlite-reader.ts'

export function sqliteWriter(database: Database): WritableStore {
  const insert = prepareInserts(database)
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  return {
    ...sqliteReader(database),
    transaction: (work) => within(database, { begin, commit }, work),
    append: (chained, hold, countersAfter) => append(insert, chained, hold, countersAfter)
  }
}

type Inserts = ReturnType<typeof prepareInserts>

function prepareInserts(database: Database) {
  const insert = (table: string, columns: number): Statement =>
    database.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`)
  return {
    fact: insert('fact', 4),
    head: database.prepare(`UPDATE standing SET sequence = ?, hash = ? WHERE ${END}`),
    openHold: database.prepare('INSERT INTO standing VALUES (?, ?, ?, ?, NULL)'),
    closeHold: database.prepare('DELETE FROM standing WHERE institution = ? AND visit_no = ? AND sequence = ?'),
    posting: insert('posting', 29),
    correction: insert('correction', 5),
    release: insert('release', 5),
    accumulator: database.prepare(
      'INSERT INTO accumulator VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET counters = excluded.counters'
    )
  }
}

function append(insert: Inserts, chained: ChainedFact, hold: Hold, countersAfter: Counters | undefined): void {
  const { sequence, fact, content, hash } = chained
  insert.fact.run(sequence, fact.kind, content, hash)
  insert.head.run(sequence, hash)
  switch (fact.kind) {
    case 'hold':
      insert.openHold.run(hold.visit.institution, hold.visit.visitNo, hold.settlementId, sequence)
      return
    case 'release':
      closeHold(insert, fact.hold, hold.visit)
      insert.release.run(fact.hold, sequence, fact.settlementId, fact.proof, fact.releasedAt)
      return
    case 'posting':
      closeHold(insert, fact.hold, hold.visit)
      appendPosting(insert, sequence, fact, hold)
      return moveCounters(insert, sequence, hold, countersAfter)
    case 'correction':
      insert.correction.run(fact.hold, sequence, fact.correctionId, fact.reason, fact.correctedAt)
      return moveCounters(insert, sequence, hold, countersAfter)
    default:
      return invariant(false, `a ${fact.kind} has no table yet`)
  }
}

function closeHold(insert: Inserts, hold: number, { institution, visitNo }: Visit): void {
  const { changes } = insert.closeHold.run(institution, visitNo, hold)
  invariant(changes === 1, `hold ${hold} was not open`)
}

function appendPosting(insert: Inserts, sequence: number, posting: FactOf<'posting'>, hold: Hold): void {
  const { settlementId, visit, personNo, insuranceType, policyYear, amounts } = hold
  insert.posting.run(
    posting.hold,
    sequence,
    settlementId,
    visit.institution,
    visit.visitNo,
    personNo,
    insuranceType,
    policyYear,
    posting.postedAt,
    amounts.total,
    amounts.ownPay,
    amounts.overCeiling,
    amounts.prePay,
    amounts.inScope,
    amounts.deductible,
    ...FUNDS.map((fund) => amounts.funds[fund]),
    amounts.fundPaid,
    amounts.personal,
    amounts.account,
    amounts.mutualAid,
    amounts.cash,
    amounts.hospital
  )
}

function moveCounters(insert: Inserts, sequence: number, key: CounterKey, countersAfter: Counters | undefined): void {
  invariant(countersAfter !== undefined, `fact ${sequence} moves counters and does not say where to`)
  insert.accumulator.run(key.personNo, key.insuranceType, key.policyYear, encodeCounters(countersAfter))
}
