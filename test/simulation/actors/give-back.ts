/** Taking back: a whole settlement without its card, single packs with it, and what is owed back onto the card. */

import { never } from '../../../base/invariant.ts'
import { ok, refuse } from '../../../base/result.ts'
import type { BillView } from '../../../electron/contract/bill-view.ts'
import type { Params } from '../../../electron/contract/requests.ts'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { Outcome } from '../operation.ts'
import { fenOf, loadedOf } from './amounts.ts'
import { cardOf, isRefused, presenceOf, showCard } from './card-at-counter.ts'
import type { Remembered } from './memory.ts'
import { settleOpenBill } from './settle.ts'
import { clearUp, takeMoney } from './take-money.ts'
import { slipInReturn } from './slips.ts'
import type { LoadPlan, RefundPlan, ReturnPlan } from './plan.ts'
import type { Undertaking, Went } from './undertaking.ts'

const NO_SUCH_SETTLEMENT = 'M999999000000'

export async function refund(op: Undertaking<RefundPlan>): Promise<Outcome> {
  const { plan, memory } = op
  const found = plan.which === 'again' ? memory.statements.filter(({ refunded, isUnsure }) => refunded || isUnsure) : memory.statements.filter(({ refunded, isUnsure }) => !refunded && !isUnsure)
  if (plan.which !== 'unknown' && found.length === 0) return { kind: 'left', why: 'nothing-to-do' }
  const chosen = plan.which === 'unknown' ? undefined : op.draw.pick(found)
  const settlementId = chosen?.statement.settlementId ?? NO_SUCH_SETTLEMENT
  op.people.world.log.say(op.window.till.name, `${op.id} would take back`, settlementId)
  const refunded = await op.ask('records.refund', { settlementId, reason: plan.reason === 'missing' ? ' ' : '退药' })
  if (refunded.ok) op.people.hit('operation:refunded')
  const isTaken = refunded.ok || isRefused(refunded.error, 'already-refunded')
  // A disk that refuses what comes behind the booking leaves it booked, and its clerk without a word of it.
  const isUntold = !isTaken && (refunded.error.kind === 'host-died' || isRefused(refunded.error, 'store-failure'))
  if (chosen !== undefined && (isTaken || isUntold)) chosen.isUnsure = true
  if (chosen !== undefined && isTaken) await keepRefund(op, chosen)
  return refunded.ok ? { kind: 'done' } : refunded.error
}

/** What the record says was handed back. */
async function keepRefund(op: Undertaking<RefundPlan | ReturnPlan>, chosen: Remembered): Promise<void> {
  const { settlementId } = chosen.statement
  const record = await op.ask('records.open', { settlementId })
  if (!record.ok || record.value.refund === null) return
  const { cash, owedToCard } = record.value.refund
  op.told.push({ kind: 'refunded', settlementId, cash: fenOf(cash), owedToCard: fenOf(owedToCard) })
  if (!chosen.refunded) op.memory.drawer -= fenOf(cash)
  chosen.refunded = true
}

export async function returnPacks(op: Undertaking<ReturnPlan>): Promise<Outcome> {
  const mine = op.memory.statements.filter(({ card, refunded, isUnsure, statement }) => card === cardOf(op).name && !refunded && !isUnsure && packLines(statement).length > 0)
  if (mine.length === 0) return { kind: 'left', why: 'nothing-to-do' }
  const chosen = op.draw.pick(mine)
  const packs = packsOf(op, chosen.statement)
  const { settlementId } = chosen.statement
  // Asked again after it was broken off it opens the same bill.
  const open = async (): Promise<Went<BillView | null>> => op.ask('sale.return', { settlementId, packs, reason: '多买了' })
  await slipInReturn(op, chosen.statement)
  const returned = await open()
  // Done, or nobody knows: it is asked for once.
  if (returned.ok || returned.error.kind === 'host-died' || isRefused(returned.error, 'store-failure', 'done-not-shown')) chosen.isUnsure = true
  if (!returned.ok) return returned.error
  op.people.hit('operation:returned')
  await keepRefund(op, chosen)
  if (returned.value === null) return { kind: 'done' }
  const again = async (): Promise<Went<BillView>> => {
    const bill = await open()
    if (!bill.ok) return bill
    return bill.value === null ? refuse({ kind: 'left', why: 'nothing-to-do' }) : ok(bill.value)
  }
  return settleOpenBill(op, returned.value.visit.visitNo, again)
}

interface PackLine {
  readonly line: string
  readonly quantity: number
  readonly codes: readonly string[]
}

/** Lines of which packs are left to come back: what came back before stands on lines of its own. */
function packLines({ lines }: StatementView): readonly PackLine[] {
  const returned = lines.filter(({ sale }) => sale !== null && sale.returnOf !== null)
  const gone = new Set(returned.flatMap(({ sale }) => (sale?.packs ?? []).map(({ traceCode }) => traceCode)))
  return lines.flatMap(({ line, quantity, sale }) => {
    if (sale === null || sale.returnOf !== null) return []
    const codes = sale.packs.map(({ traceCode }) => traceCode).filter((code) => !gone.has(code))
    const back = returned.filter((each) => each.sale?.returnOf === line).reduce((sum, each) => sum + Math.abs(Number.parseInt(each.quantity, 10)), 0)
    return codes.length === 0 ? [] : [{ line, quantity: Number.parseInt(quantity, 10) - back, codes }]
  })
}

function packsOf(op: Undertaking<ReturnPlan>, statement: StatementView): Params<'sale.return'>['packs'] {
  const lines = packLines(statement)
  const [{ line, codes, quantity } = { line: '1', codes: [], quantity: 1 }] = lines
  switch (op.plan.how) {
    case 'everything':
      return lines.map((each) => ({ line: each.line, codes: [...each.codes], quantity: String(each.quantity) }))
    case 'wrong-code':
      return [{ line, codes: ['83699990000000000009'], quantity: '1' }]
    case 'too-many':
      return [{ line, codes: [...codes], quantity: '999' }]
    case 'one-pack':
      // A line that does not count in packs comes back as a whole, with every code that was scanned on it.
      return codes.length === quantity ? [{ line, codes: codes.slice(0, 1), quantity: '1' }] : [{ line, codes: [...codes], quantity: String(quantity) }]
    default:
      return never(op.plan.how)
  }
}

/** What the card has yet to get, as its panel says. */
export async function load(op: Undertaking<LoadPlan>): Promise<Outcome> {
  const shown = await showCard(op)
  if (!shown.ok) return shown.error
  // What the centre has granted is told when it has answered.
  const due = await op.window.until(() => {
    const panel = op.window.panel
    return panel?.state === 'ready' && panel.card.owed.some(({ purpose }) => purpose === 'credit') ? panel.card.owed : undefined
  }, 5_000)
  const dues = due ?? shown.value.owed
  const owed = op.plan.which === 'unknown' ? NO_SUCH_SETTLEMENT : dues.length === 0 ? undefined : op.draw.fork('which').pick(dues).owed
  if (owed === undefined) {
    if (op.holder !== undefined) op.holder.isGranted = false
    return { kind: 'left', why: 'nothing-to-do' }
  }
  const loaded = await takeMoney(op, () => op.ask('load.start', { presence: presenceOf(op), owed }))
  if (loaded.ok) {
    op.told.push(loadedOf(loaded.value))
    op.people.hit('operation:loaded')
    return { kind: 'done' }
  }
  return loaded.error.kind === 'in-doubt' || loaded.error.kind === 'host-died' ? afterLoad(op, loaded.error) : loaded.error
}

const RESTART_MS = 60_000

async function afterLoad(op: Undertaking<LoadPlan>, stopped: Outcome): Promise<Outcome> {
  if (stopped.kind === 'in-doubt') return clearUp(op, 'load.start')
  await op.window.until(() => (op.window.panel !== undefined ? true : undefined), RESTART_MS)
  const cleared = await clearUp(op, 'load.start')
  return cleared.kind === 'in-doubt' ? stopped : cleared
}
