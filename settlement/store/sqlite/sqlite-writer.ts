/** Keeping a fact in SQLite, with every reading of it, as prepared statements. */

import type { Database, Statement } from 'better-sqlite3'
import { invariant, never } from '../../../base/invariant.ts'
import { totalOf } from '../../ledger/day-totals.ts'
import type { FactOf, Hold, Visit } from '../../ledger/fact.ts'
import { encodeCounters } from '../../ledger/fact-encoding.ts'
import type { ChainedFact, Debt, Effects, Movement, WritableStore } from '../../ledger/ledger-store.ts'
import { AMOUNT_COLUMNS, amountCells } from './amount-columns.ts'
import { confirmationWrites } from './confirmation-rows.ts'
import { dispensedWrites } from './dispensed-rows.ts'
import { END, sqliteReader, within } from './sqlite-reader.ts'

/** The end of the chain moves with each fact, also within a statement that writes many: of this connection, for only who writes has it. */
const ADVANCE = `
  CREATE TEMP TRIGGER IF NOT EXISTS head_advances AFTER INSERT ON main.fact
  BEGIN UPDATE standing SET sequence = NEW.sequence, hash = NEW.hash WHERE ${END}; END`

export function sqliteWriter(database: Database): WritableStore {
  database.exec(ADVANCE)
  const write = prepareWrites(database)
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  return {
    ...sqliteReader(database),
    transaction: (work) => within(database, { begin, commit }, work),
    append: (chained, effects) => append(write, chained, effects),
    appendConfirmations: (confirmations) => {
      for (const chained of confirmations.slice(write.confirmations(confirmations))) append(write, chained, {})
    }
  }
}

type Writes = ReturnType<typeof prepareWrites>

function prepareWrites(database: Database) {
  const insert = (table: string, columns: number): Statement =>
    database.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`)
  const amounts = AMOUNT_COLUMNS.length
  return {
    fact: insert('fact', 4),
    openHold: database.prepare('INSERT INTO standing VALUES (?, ?, ?, ?, NULL)'),
    closeHold: database.prepare('DELETE FROM standing WHERE institution = ? AND visit_no = ? AND sequence = ?'),
    result: insert('result', 2),
    posting: insert('posting', 9 + amounts + 2),
    correction: insert('correction', 5),
    release: insert('release', 5),
    accumulator: database.prepare(
      'INSERT INTO accumulator VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET counters = excluded.counters'
    ),
    awaiting: insert('awaiting', 1),
    confirmed: database.prepare('DELETE FROM awaiting WHERE sequence = ?'),
    confirmation: insert('confirmation', 6),
    confirmations: confirmationWrites(database),
    adjustment: insert('adjustment', 3 + amounts),
    total: database.prepare(upsertTotal()),
    load: insert('load', 6),
    openLoad: insert('open_load', 2),
    closeLoad: database.prepare('DELETE FROM open_load WHERE hold = ?'),
    loadClosing: insert('load_closing', 3),
    owed: database.prepare('INSERT INTO owed VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET amount = excluded.amount'),
    paid: database.prepare('DELETE FROM owed WHERE hold = ?'),
    close: insert('day_close', 3),
    reopen: insert('day_reopen', 4),
    dispensed: dispensedWrites(database)
  }
}

function upsertTotal(): string {
  const added = ['settlements', 'corrections', 'adjustments', ...AMOUNT_COLUMNS]
  const values = Array.from({ length: 4 + added.length }, () => '?').join(', ')
  const sums = added.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')
  return `INSERT INTO hour_total VALUES (${values}) ON CONFLICT DO UPDATE SET ${sums}`
}

function append(write: Writes, chained: ChainedFact, { hold, dispensed, movement, debt }: Effects): void {
  const { sequence, fact, content, hash } = chained
  write.fact.run(sequence, fact.kind, content, hash)
  keepReading(write, chained, hold)
  if (dispensed !== undefined && fact.kind === 'hold') write.dispensed(sequence, fact, dispensed)
  if (movement !== undefined) move(write, sequence, movement)
  if (debt !== undefined) owe(write, debt)
}

function keepReading(write: Writes, { sequence, fact }: ChainedFact, hold: Hold | undefined): void {
  switch (fact.kind) {
    case 'hold':
      write.openHold.run(fact.visit.institution, fact.visit.visitNo, fact.settlementId, sequence)
      write.result.run(sequence, fact.result)
      return
    case 'release':
      closeHold(write, fact.hold, closed(hold, sequence).visit)
      write.release.run(fact.hold, sequence, fact.settlementId, fact.proof, fact.releasedAt)
      return
    case 'posting':
      closeHold(write, fact.hold, closed(hold, sequence).visit)
      keepPosting(write, sequence, fact, closed(hold, sequence))
      write.awaiting.run(sequence)
      return
    case 'correction':
      write.correction.run(fact.hold, sequence, fact.correctionId, fact.reason, fact.correctedAt)
      write.awaiting.run(sequence)
      return
    case 'confirmation':
      return keepConfirmation(write, sequence, fact)
    case 'load-hold':
      return keepLoad(write, sequence, fact)
    case 'load-posting':
      closeLoad(write, sequence, fact)
      write.awaiting.run(sequence)
      return
    case 'load-release':
      return closeLoad(write, sequence, fact)
    case 'close':
      write.close.run(sequence, fact.day, fact.closedAt)
      return
    case 'reopen':
      write.reopen.run(fact.close, sequence, fact.reason, fact.reopenedAt)
      return
    default:
      return never(fact)
  }
}

function closed(hold: Hold | undefined, sequence: number): Hold {
  invariant(hold !== undefined, `fact ${sequence} closes a hold and does not say which terms it had`)
  return hold
}

function closeHold(write: Writes, hold: number, { institution, visitNo }: Visit): void {
  const { changes } = write.closeHold.run(institution, visitNo, hold)
  invariant(changes === 1, `hold ${hold} was not open`)
}

function keepPosting(write: Writes, sequence: number, posting: FactOf<'posting'>, hold: Hold): void {
  const { settlementId, visit, personNo, insuranceType, policyYear, medType, personType } = hold
  write.posting.run(
    posting.hold,
    sequence,
    settlementId,
    visit.institution,
    visit.visitNo,
    personNo,
    insuranceType,
    policyYear,
    posting.postedAt,
    ...amountCells(hold.amounts),
    medType,
    personType
  )
}

function keepConfirmation(write: Writes, sequence: number, fact: FactOf<'confirmation'>): void {
  const { target, id, setlId, setlTime, ofRecord } = fact
  const { changes } = write.confirmed.run(target)
  invariant(changes === 1, `fact ${target} was not waiting for its confirmation`)
  write.confirmation.run(target, sequence, id, setlId, setlTime, ofRecord === undefined ? 0 : 1)
}

function keepLoad(write: Writes, sequence: number, { loadId, purpose, intent }: FactOf<'load-hold'>): void {
  const purposeId = purpose.kind === 'refund' ? purpose.settlementId : purpose.creditId
  write.load.run(sequence, loadId, purpose.kind, purposeId, intent.cardId, intent.amount)
  write.openLoad.run(intent.cardId, sequence)
}

function closeLoad(write: Writes, sequence: number, { kind, hold }: FactOf<'load-posting' | 'load-release'>): void {
  const { changes } = write.closeLoad.run(hold)
  invariant(changes === 1, `load ${hold} was not open`)
  write.loadClosing.run(hold, sequence, kind === 'load-posting' ? 1 : 0)
}

function move(write: Writes, sequence: number, movement: Movement): void {
  const { kind, hold, terms, at, amounts, countersAfter } = movement
  const cells = amountCells(amounts)
  if (kind === 'adjustment') write.adjustment.run(hold, sequence, at, ...cells)
  const { settlements, corrections, adjustments } = totalOf(movement)
  const { insuranceType, medType, personType } = terms
  write.total.run(at.slice(0, 10), insuranceType, medType, personType, settlements, corrections, adjustments, ...cells)
  write.accumulator.run(terms.personNo, insuranceType, terms.policyYear, encodeCounters(countersAfter))
}

function owe(write: Writes, { hold, cardId, amount }: Debt): void {
  if (amount > 0) write.owed.run(hold, cardId, amount)
  else write.paid.run(hold)
}
