/**
 * Writes what was judged: one statement a table, however many rows. Counters and balances are moved and not set, though the
 * people are locked: what is added to what is there cannot undo anybody.
 */

import { sql } from 'kysely'
import { moveYears } from '../record/accounts.ts'
import { moveCardBalances } from '../record/cards.ts'
import { anyOf } from '../store/any-of.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { Bookings } from './judging.ts'
import type { ReachedStep } from './steps.ts'

export async function writeBookings(transaction: CentreTransaction, bookings: Bookings, reached: ReachedStep): Promise<void> {
  await insertRows(transaction, 'settlement', bookings.settlements)
  reached('intake-settlements')
  await insertRows(transaction, 'national_trace_code', bookings.packs)
  await moveYears(transaction, bookings.years)
  reached('intake-counters')
  await moveCardBalances(
    transaction,
    [...bookings.balances].filter(([, balance]) => balance !== 0).map(([card_id, balance]) => ({ card_id, balance }))
  )
  reached('intake-balances')
  await markReversed(transaction, bookings.reversals)
  await takeOver(transaction, bookings.takenOver)
  reached('intake-reversals')
}

async function markReversed(transaction: CentreTransaction, reversals: Bookings['reversals']): Promise<void> {
  for (const { setlId, by } of reversals) {
    await transaction.updateTable('settlement').set({ reversed_by: by }).where('setl_id', '=', setlId).execute()
  }
}

/**
 * A row is found by where its fact stands: the chain is the same, so only whose it is changes. What took it back without a fact goes with it;
 * a correction comes by its own.
 */
async function takeOver(transaction: CentreTransaction, { setlIds, by }: Bookings['takenOver']): Promise<void> {
  if (setlIds.length === 0) return
  const fromItsFact = anyOf(transaction, 'settlement.setl_id', setlIds)
  const byNumber = sql<boolean>`medins_setl_id = setl_id and ${anyOf(transaction, 'settlement.reverses', setlIds)}`
  await transaction.updateTable('settlement').set({ terminal: by }).where(sql<boolean>`(${fromItsFact} or ${byNumber})`).execute()
}
