/** Records: search, open, refund, and the count of prints. */

import { ok, refuse } from '../../../base/result.ts'
import type { Params } from '../requests.ts'
import type { RecordRow, StatementView } from '../settlement-view.ts'
import type { Answer } from '../terminal.ts'
import { ALREADY_REFUNDED, badInput, REASON_INVALID, REFUND_IN_DOUBT, UNKNOWN_SETTLEMENT } from './fake-refusals.ts'
import { chipOf } from './fake-chip.ts'
import { owedTo } from './fake-owed.ts'
import { settleParked } from './fake-sync.ts'
import { readyCard, setPanel, type World } from './fake-world.ts'

export const recordRow = (statement: StatementView): RecordRow => ({
  settlementId: statement.settlementId,
  state: statement.state,
  settledAt: statement.settledAt,
  name: statement.holder.name,
  maskedCard: statement.holder.cardNumber,
  visitNo: statement.visit.visitNo,
  total: statement.sums.total,
  fundPaid: statement.sums.fundPaid,
  account: statement.sums.account,
  cash: statement.sums.cash,
  owedToCard: statement.refund?.owedToCard ?? '0.00',
  loadedToCard: statement.refund?.loaded?.amount ?? '0.00',
  confirmation: statement.confirmation.state,
  isSale: statement.sale !== null
})

const isOwed = ({ owedToCard }: RecordRow): boolean => owedToCard !== '0.00'

export function searchRecords(world: World, { from, to, text, state, after, limit }: Params<'records.search'>): Answer<'records.search'> {
  if (from > to) return refuse(badInput('range', `起始日${from}晚于截止日${to}`, `from "${from}" is refused: it is after ${to}`))
  const wanted = text.trim()
  const found = world.statements
    .map(recordRow)
    .filter(({ settledAt }) => settledAt.slice(0, 10) >= from && settledAt.slice(0, 10) <= to)
    .filter((row) => state === 'all' || (state === 'owed' ? isOwed(row) : row.state === state))
    .filter(({ name, maskedCard, settlementId, visitNo }) => [name, maskedCard, settlementId, visitNo].some((field) => field.includes(wanted)))
  const start = after ?? 0
  const rows = found.slice(start, start + limit)
  return ok({ rows, next: start + limit < found.length ? start + limit : null })
}

const find = (world: World, settlementId: string): StatementView | undefined =>
  world.statements.find((statement) => statement.settlementId === settlementId)

function replace(world: World, statement: StatementView): StatementView {
  world.statements = world.statements.map((before) => (before.settlementId === statement.settlementId ? statement : before))
  return statement
}

export function openRecord(world: World, { settlementId }: Params<'records.open'>): Answer<'records.open'> {
  const statement = find(world, settlementId)
  return statement === undefined ? refuse(UNKNOWN_SETTLEMENT) : ok(statement)
}

export function refund(world: World, { settlementId, reason }: Params<'records.refund'>): Answer<'records.refund'> {
  const statement = find(world, settlementId)
  if (statement === undefined) return refuse(UNKNOWN_SETTLEMENT)
  if (reason.trim() === '') return refuse(REASON_INVALID)
  if (statement.state === 'in-doubt') return refuse(REFUND_IN_DOUBT)
  if (statement.state === 'refunded') return refuse(ALREADY_REFUNDED)
  world.settlements += 1
  const { cash, fundPaid, account } = statement.sums
  const refunded = replace(world, {
    ...statement,
    state: 'refunded',
    refund: {
      correctionId: `H9999990000120260305110000${String(world.settlements).padStart(4, '0')}`,
      at: `${world.till.today} 11:00:00`,
      reason: reason.trim(),
      cash,
      fund: fundPaid,
      owedToCard: account,
      loaded: null,
      confirmation: { state: 'provisional' }
    }
  })
  settleParked(world, settlementId)
  const [chip, card] = [chipOf(world, world.inserted), readyCard(world)]
  // A card that is there is told what it is owed now.
  if (chip !== undefined && card !== null) setPanel(world, { state: 'ready', card: { ...card, owed: owedTo(world, chip.id) } })
  return ok(recordRow(refunded))
}

/** The answer is the statement as it was before this print: 0 prints, so this one is the original. */
export function printStatement(world: World, { settlementId }: Params<'statement.print'>): Answer<'statement.print'> {
  const statement = find(world, settlementId)
  if (statement === undefined) return refuse(UNKNOWN_SETTLEMENT)
  replace(world, { ...statement, printed: statement.printed + 1 })
  return ok(statement)
}
