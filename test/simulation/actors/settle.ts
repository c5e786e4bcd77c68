/** A hospital's counter: the text of a visit is opened, the card is charged, the statement goes into the holder's hands. */

import { never } from '../../../base/invariant.ts'
import { ok, refuse } from '../../../base/result.ts'
import type { BillView } from '../../../electron/contract/bill-view.ts'
import type { Params } from '../../../electron/contract/requests.ts'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { Outcome } from '../operation.ts'
import { fenOf, statementOf, yuanOf } from './amounts.ts'
import { cardOf, givePin, isRefused, presenceOf, showCard, type AtCounter } from './card-at-counter.ts'
import { afterRestart, clearUp, takeMoney } from './take-money.ts'
import type { SettlePlan } from './plan.ts'
import type { Undertaking, Went } from './undertaking.ts'
import { mustBeValid } from './validity.ts'
import { visitText } from './visits.ts'

export async function settleVisit(op: Undertaking<SettlePlan>): Promise<Outcome> {
  const open = (): Promise<Went<BillView>> => op.ask('bill.open-text', { text: textOf(op) })
  const isCardFirst = op.plan.basket % 2 === 1
  if (isCardFirst) {
    const shown = await showCard(op)
    if (!shown.ok) return shown.error
  }
  const bill = await open()
  if (!bill.ok) return bill.error
  if (op.plan.cashier === 'walks-away') return walkAway(op)
  return settleOpenBill(op, bill.value.visit.visitNo, open, (shown) => correctsALine(op, shown))
}

function textOf(op: Undertaking<SettlePlan>): string {
  const { window, memory, plan, id, draw } = op
  const card = cardOf(op)
  return visitText({
    draw,
    id,
    plan,
    institution: window.till.institution,
    today: op.people.world.today,
    holder: card.holder.name,
    isRetired: card.psnType === '12' || card.condition === 'retired-32k',
    settledBefore: memory.statements.at(-1)?.statement.visit.visitNo
  })
}

/** A quantity is mistyped and put right: everything else of the line is as it was, an approval first of all. */
async function correctsALine(op: Undertaking<SettlePlan>, { revision, lines }: BillView): Promise<Went<null>> {
  const line = lines.find(({ approval }) => approval === '1') ?? lines[0]
  if (op.plan.cashier !== 'corrects-a-line' || line === undefined) return ok(null)
  const wrong = await op.ask('bill.set-line', { revision, line: line.line, quantity: '7' })
  if (!wrong.ok) return wrong
  const right = await op.ask('bill.set-line', { revision: wrong.value.revision, line: line.line, quantity: line.quantity })
  if (!right.ok) return right
  op.people.hit('operation:corrected-line')
  const now = right.value.changed.find((each) => each.line === line.line)
  const differing = (['code', 'chargeClass', 'price', 'quantity', 'approval'] as const).find((name) => now?.[name] !== line[name])
  if (differing !== undefined) op.people.listeners.unlawful('unlawful', `${op.id}: line ${line.line} was put right, and its ${differing} is ${now?.[differing]} instead of ${line[differing]}`)
  return ok(null)
}

/** The bill stays open, the PIN stays given; the holder takes the card along. */
export async function walkAway(op: AtCounter): Promise<Outcome> {
  const shown = await showCard(op)
  if (!shown.ok) return shown.error
  if (op.draw.fork('walk').chance(1, 2)) await givePin(op)
  return { kind: 'left', why: 'walked-away' }
}

/** `open`: as the bill is opened once more, when the host that had it is gone. */
export async function settleOpenBill(op: AtCounter, visitNo: string, open: () => Promise<Went<BillView>>, ready: MakeReady = () => Promise.resolve(ok(null))): Promise<Outcome> {
  const settled = await takeMoney(op, (attempt) => pressSettle(op, { attempt, open, ready }))
  if (settled.ok) return keepSettled(op, settled.value)
  if (settled.error.kind === 'in-doubt') return clearUp(op, 'settle')
  if (settled.error.kind === 'host-died') return afterRestart(op, visitNo, settled.error)
  return settled.error
}

/** What a pharmacy does to its open lines before it settles. */
export type MakeReady = (bill: BillView) => Promise<Went<null>>

interface Press {
  readonly attempt: number
  readonly open: () => Promise<Went<BillView>>
  readonly ready: MakeReady
}

async function pressSettle(op: AtCounter, { attempt, open, ready }: Press): Promise<Went<StatementView>> {
  const bill = await billOnScreen(op, open)
  if (!bill.ok) return bill
  const made = await ready(bill.value)
  if (!made.ok) return made
  const shown = await billOnScreen(op, open)
  if (!shown.ok) return shown
  const ours = await passedOn(op, shown.value)
  if (!ours.ok) return ours
  const { outcome, revision } = ours.value
  switch (outcome.state) {
    case 'refused':
      return refuse(op.refused('bill', outcome.refusal))
    case 'no-card':
      return refuse({ kind: 'refused', request: 'bill', refusal: 'no-card' })
    case 'empty':
      return refuse({ kind: 'left', why: 'nothing-to-do' })
    case 'computed': {
      const { cash } = outcome.sums
      const settled = await pressAsIsHabit(op, { presence: presenceOf(op), revision, cash }, attempt)
      if (settled.ok) compare(op, outcome.sums, settled.value)
      // A ledger that cannot be read says so, whatever it has just written: it may be settled.
      else if (isRefused(settled.error, 'store-failure')) op.memory.drawerUnsure = true
      return settled
    }
    default:
      return never(outcome)
  }
}

/** A bill that was opened while the one before still had the card there: the cashier sees who stands at the counter. */
async function passedOn(op: AtCounter, bill: BillView): Promise<Went<BillView>> {
  return bill.madeFor === null ? ok(bill) : op.ask('bill.pass-on', { revision: bill.revision, presence: presenceOf(op) })
}

async function billOnScreen(op: AtCounter, open: Press['open']): Promise<Went<BillView>> {
  const state = await op.ask('terminal.state', {})
  if (!state.ok) return state
  op.window.panel = state.value.panel
  return state.value.bill === null ? open() : ok(state.value.bill)
}

async function pressAsIsHabit(op: AtCounter, params: Params<'settle'>, attempt: number): Promise<Went<StatementView>> {
  const { window } = op
  switch (attempt === 0 ? op.plan.cashier : 'plain') {
    case 'stale-screen':
      return mustNot(op, 'settled a bill that has gone on since', params.revision > 0, await op.ask('settle', { ...params, revision: Math.max(0, params.revision - 1) }))
    case 'wrong-cash':
      return mustNot(op, 'settled with another cash than was agreed', true, await op.ask('settle', { ...params, cash: yuanOf(fenOf(params.cash) + 1) }))
    case 'presses-twice': {
      const [first, second] = await Promise.all([window.ask('settle', params), window.ask('settle', params)])
      const other = op.heard('settle', second)
      if (other.ok && first.kind === 'value') op.people.listeners.unlawful('unlawful', `${op.id}: pressed twice, and settled twice: ${other.value.settlementId}`)
      const one = op.heard('settle', first)
      return one.ok ? one : other.ok ? other : one
    }
    case 'edits-meanwhile': {
      const [settled, edited] = await Promise.all([window.ask('settle', params), window.ask('bill.use-account', { revision: params.revision, flag: '0' })])
      op.heard('bill.use-account', edited)
      return op.heard('settle', settled)
    }
    case 'explains': {
      await op.ask('bill.explain', { revision: params.revision })
      await op.ask('bill.change', { revision: params.revision, received: yuanOf(fenOf(params.cash) + 5000) })
      return op.ask('settle', params)
    }
    default:
      return op.ask('settle', params)
  }
}

function mustNot(op: AtCounter, what: string, isWrong: boolean, answer: Went<StatementView>): Went<StatementView> {
  if (isWrong && answer.ok) op.people.listeners.unlawful('unlawful', `${op.id}: ${what}: ${answer.value.settlementId}`)
  return answer
}

/** What was agreed on the screen is what the statement says, to the fen. */
function compare(op: AtCounter, agreed: { readonly total: string; readonly fundPaid: string; readonly account: string; readonly cash: string }, { settlementId, sums, state }: StatementView): void {
  const differing = (['total', 'fundPaid', 'account', 'cash'] as const).find((name) => sums[name] !== agreed[name])
  if (differing !== undefined) {
    op.people.listeners.unlawful('unlawful', `${op.id}: the screen said ${differing} ${agreed[differing]}, the statement of ${settlementId} says ${sums[differing]}`)
  }
  if (state !== 'settled') op.people.listeners.unlawful('unlawful', `${op.id}: ${settlementId} was told as settled and is ${state}`)
}

async function keepSettled(op: AtCounter, statement: StatementView): Promise<Outcome> {
  const told = statementOf(statement)
  op.told.push(told)
  mustBeValid(op, told.settlementId)
  op.memory.keep(cardOf(op).name, statement)
  op.memory.drawer += told.cash
  op.people.hit(op.plan.kind === 'settle' ? 'operation:settled' : op.plan.kind === 'return' ? 'operation:settled-anew' : 'operation:sold')
  for (let prints = 0; prints < op.plan.prints; prints += 1) {
    const printed = await op.ask('statement.print', { settlementId: told.settlementId, format: prints % 2 === 0 ? 'a5' : '80mm' })
    if (printed.ok) op.people.hit('operation:printed')
  }
  return { kind: 'done' }
}
