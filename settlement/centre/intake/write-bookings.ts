/**
 * Writes what was judged: one statement a table, however many rows. Counters and balances are moved and not set, though the
 * people are locked: what is added to what is there cannot undo anybody.
 */

import { CompiledQuery, sql } from 'kysely'
import { dialectOf, type CentreTransaction } from '../store/centre-database.ts'
import { insertRows } from '../store/insert-rows.ts'
import { ManyRows } from '../store/sqlite-statements.ts'
import type { AccumulatorRow } from '../store/schema.ts'
import type { Bookings, CounterMove } from './judging.ts'
import type { ReachedStep } from './steps.ts'

export async function writeBookings(transaction: CentreTransaction, bookings: Bookings, reached: ReachedStep): Promise<void> {
  await insertRows(transaction, 'settlement', bookings.settlements)
  reached('intake-settlements')
  await insertRows(transaction, 'card_serial', bookings.serials)
  reached('intake-serials')
  await moveCounters(transaction, bookings.counters)
  reached('intake-counters')
  await moveBalances(transaction, [...bookings.balances].filter(([, amount]) => amount !== 0))
  reached('intake-balances')
  await markReversed(transaction, bookings.reversals)
  reached('intake-reversals')
}

async function moveCounters(transaction: CentreTransaction, moves: readonly CounterMove[]): Promise<void> {
  if (moves.length === 0) return
  if (dialectOf(transaction) === 'sqlite') {
    const rows = moves.map(({ psnNo, insutype, year, counter, amount }) => [psnNo, insutype, year, counter, amount])
    await run(
      transaction,
      'insert into accumulator (psn_no, insutype, year, counter, amount) values (?, ?, ?, ?, ?) on conflict do update set amount = amount + excluded.amount',
      rows
    )
    return
  }
  const rows = moves.map(({ psnNo, insutype, year, counter, amount }): AccumulatorRow => ({ psn_no: psnNo, insutype, year, counter, amount }))
  await sql`
    insert into accumulator (psn_no, insutype, year, counter, amount)
    select psn_no, insutype, year, counter, amount from json_populate_recordset(null::accumulator, ${JSON.stringify(rows)}::json)
    on conflict (psn_no, insutype, year, counter) do update set amount = accumulator.amount + excluded.amount`.execute(transaction)
}

async function moveBalances(transaction: CentreTransaction, moves: readonly (readonly [string, number])[]): Promise<void> {
  if (moves.length === 0) return
  if (dialectOf(transaction) === 'sqlite') {
    await run(
      transaction,
      'update card set balance = balance + ? where card_id = ?',
      moves.map(([cardId, amount]) => [amount, cardId])
    )
    return
  }
  const [cardIds, amounts] = [moves.map(([cardId]) => cardId), moves.map(([, amount]) => amount)]
  await sql`
    update card set balance = balance + moved.amount
    from unnest(${cardIds}::text[], ${amounts}::bigint[]) as moved (card_id, amount)
    where card.card_id = moved.card_id`.execute(transaction)
}

async function markReversed(transaction: CentreTransaction, reversals: Bookings['reversals']): Promise<void> {
  for (const { setlId, by } of reversals) {
    await transaction.updateTable('settlement').set({ reversed_by: by }).where('setl_id', '=', setlId).execute()
  }
}

const run = (transaction: CentreTransaction, statement: string, rows: readonly (readonly unknown[])[]) =>
  transaction.executeQuery(CompiledQuery.raw(statement, [new ManyRows(rows)]))
