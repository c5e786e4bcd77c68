/** What the centre brings, found by number: confirmations and what waits for one, loads and debts, closed days. */

import type { Database, Statement } from 'better-sqlite3'
import type { ReadableStore } from '../../ledger/ledger-store.ts'

export type PrepareNumber = (sql: string) => Statement<unknown[], number>

type Confirmations = Pick<ReadableStore, 'confirmationOf' | 'confirmed' | 'awaiting' | 'awaitingIds' | 'awaitingCount'>
type Loads = Pick<ReadableStore, 'loadOf' | 'loadClosingOf' | 'openLoads' | 'openLoadOf' | 'loadsFor' | 'owing'>
type Days = Pick<ReadableStore, 'closes' | 'lastClose' | 'isClose' | 'reopenOf'>

/** Postings are found by their holds, which as a rule lie just before them. */
const HOLD_BEFORE_MAX = 64

export function confirmations(database: Database, number: PrepareNumber): Confirmations {
  const awaitingIds = database
    .prepare<[number, number, number, number], [number, string]>(
      `SELECT sequence, settlement_id FROM posting WHERE hold BETWEEN ? AND ? AND sequence BETWEEN ? AND ?
       AND EXISTS (SELECT 1 FROM awaiting WHERE awaiting.sequence = posting.sequence)`
    )
    .raw()
  const confirmation = number('SELECT sequence FROM confirmation WHERE target = ?')
  const confirmed = number('SELECT sequence FROM confirmation WHERE setl_time BETWEEN ? AND ? ORDER BY sequence')
  const awaiting = number('SELECT sequence FROM awaiting WHERE sequence > ? ORDER BY sequence LIMIT ?')
  const awaitingCount = number('SELECT count(*) FROM awaiting')
  return {
    confirmationOf: (target) => confirmation.get(target),
    confirmed: (from, to) => confirmed.all(from, to),
    awaiting: (after, limit) => awaiting.all(after, limit),
    awaitingIds: (from, to) => new Map(awaitingIds.all(from - HOLD_BEFORE_MAX, to, from, to)),
    awaitingCount: () => awaitingCount.get() ?? 0
  }
}

export function loads(number: PrepareNumber): Loads {
  const load = number('SELECT hold FROM load WHERE load_id = ?')
  const closing = number('SELECT sequence FROM load_closing WHERE hold = ?')
  const open = number('SELECT hold FROM open_load ORDER BY hold')
  const openOfCard = number('SELECT hold FROM open_load WHERE card_id = ?')
  const ofPurpose = number('SELECT hold FROM load WHERE purpose = ? AND purpose_id = ? ORDER BY hold')
  const owing = number('SELECT hold FROM owed ORDER BY hold')
  const owingToCard = number('SELECT hold FROM owed WHERE card_id = ? ORDER BY hold')
  return {
    loadOf: (loadId) => load.get(loadId),
    loadClosingOf: (hold) => closing.get(hold),
    openLoads: () => open.all(),
    openLoadOf: (cardId) => openOfCard.get(cardId),
    loadsFor: (purpose) => ofPurpose.all(purpose.kind, purpose.kind === 'refund' ? purpose.settlementId : purpose.creditId),
    owing: (cardId) => (cardId === undefined ? owing.all() : owingToCard.all(cardId))
  }
}

export function days(number: PrepareNumber): Days {
  const closes = number('SELECT sequence FROM day_close ORDER BY sequence DESC LIMIT ?')
  const lastClose = number(
    `SELECT sequence FROM day_close WHERE NOT EXISTS (SELECT * FROM day_reopen WHERE close = day_close.sequence)
     ORDER BY sequence DESC LIMIT 1`
  )
  const close = number('SELECT sequence FROM day_close WHERE sequence = ?')
  const reopen = number('SELECT sequence FROM day_reopen WHERE close = ?')
  return {
    closes: (limit) => closes.all(limit),
    lastClose: () => lastClose.get(),
    isClose: (sequence) => close.get(sequence) !== undefined,
    reopenOf: (sequence) => reopen.get(sequence)
  }
}
