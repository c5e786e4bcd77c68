/**
 * The moment in which money moves between a card and a till: everything is made ready, the button is pressed, and what is left
 * in doubt is cleared up by the card itself, now or another day.
 */

import { ok, refuse } from '../../../base/result.ts'
import type { InDoubtView } from '../../../electron/contract/settlement-view.ts'
import type { Outcome } from '../operation.ts'
import { fenOf, statementOf } from './amounts.ts'
import { cardOf, emptied, givePin, isOfCard, isWorthAnother, moveHands, showCard, type AtCounter } from './card-at-counter.ts'
import type { Went } from './undertaking.ts'

const ATTEMPTS_MAX = 5
const PATIENCE_MS = 3_000
/** The PIN stands three minutes. */
const TOO_SLOW_MS = 190_000
const RESTART_MS_MAX = 120_000
const RESOLVED_MS_MAX = 30_000

/** `press` asks once, with what the screen shows now; a second time only when nothing was done. */
export async function takeMoney<Value>(op: AtCounter, press: (attempt: number) => Promise<Went<Value>>): Promise<Went<Value>> {
  let last: Outcome = { kind: 'left', why: 'card-not-shown' }
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const ready = await readyToTake(op, attempt)
    if (!ready.ok) return ready
    moveHands(op, 'taking')
    const taken = await press(attempt)
    if (taken.ok || !isWorthAnother(taken.error)) return taken
    last = taken.error
    if (isGone(op)) return refuse(last)
    await op.sleep(PATIENCE_MS)
  }
  return refuse(last)
}

async function readyToTake(op: AtCounter, attempt: number): Promise<Went<null>> {
  const card = await showCard(op)
  if (!card.ok) return card
  if (op.plan.pin === 'none' && attempt === 0) return ok(null)
  if (!card.value.verified) {
    const pin = await givePin(op)
    if (!pin.ok) return pin
  }
  if (op.plan.pin === 'too-slow' && attempt === 0) await op.sleep(TOO_SLOW_MS)
  return ok(null)
}

const isGone = (op: AtCounter): boolean => op.handsMoved && op.plan.afterwards === 'comes-another-day' && op.window.till.hands.card !== op.card

/** What is open of this card here is told, and cleared up unless its holder is gone. */
export async function clearUp(op: AtCounter, request: string): Promise<Outcome> {
  const open = await openHere(op)
  if (!open.ok) return open.error
  for (const { kind, settlementId, account } of open.value) {
    op.told.push({ kind: 'doubt', of: kind, settlementId, account: fenOf(account) })
    op.memory.doubt({ card: cardOf(op).name, settlementId, of: kind })
    op.people.hit(`state:in-doubt-${kind}`)
  }
  if (open.value.length === 0 || isGone(op)) return { kind: 'in-doubt', request }
  if (op.plan.afterwards === 'comes-another-day') return leaveWithIt(op, request)
  const proved = await proveOpen(op)
  return proved.ok ? (proved.value ? { kind: 'done' } : { kind: 'in-doubt', request }) : proved.error
}

/** Nobody waits until it is cleared up: the card goes with its holder. */
async function leaveWithIt(op: AtCounter, request: string): Promise<Outcome> {
  await emptied(op)
  op.people.hit('state:left-with-a-doubt')
  return { kind: 'in-doubt', request }
}

/** Card in, PIN, and what it proves; true: nothing of it is open here any more. */
export async function proveOpen(op: AtCounter): Promise<Went<boolean>> {
  const card = await showCard(op)
  if (!card.ok) return card
  const before = await openHere(op)
  if (!before.ok) return before
  if (before.value.length === 0) return ok(true)
  if (!card.value.verified) {
    const pin = await givePin(op)
    if (!pin.ok) return pin
  }
  const ids = before.value.map(({ settlementId }) => settlementId)
  await op.window.until(() => (ids.every((id) => op.resolutions.some((told) => told.settlementId === id && told.outcome !== 'in-doubt')) ? true : undefined), RESOLVED_MS_MAX)
  const after = await openHere(op)
  return after.ok ? ok(after.value.length === 0) : after
}

async function openHere(op: AtCounter): Promise<Went<readonly InDoubtView[]>> {
  const state = await op.ask('terminal.state', {})
  if (!state.ok) return state
  return ok(state.value.inDoubt.filter((doubt) => isOfCard(doubt, cardOf(op))))
}

/** The host ended under the question: what became of the visit the next host knows. */
export async function afterRestart(op: AtCounter, visitNo: string, died: Outcome): Promise<Outcome> {
  if (op.plan.afterwards === 'comes-another-day') {
    // Before anything has started again and could ask the card.
    op.window.till.hands.remove()
    op.people.hit('state:left-a-dead-till')
  }
  const isBack = await op.window.until(() => (op.window.till.alive && op.window.panel !== undefined ? true : undefined), RESTART_MS_MAX)
  if (isBack === undefined && !op.window.till.alive) return died
  const open = await openHere(op)
  if (!open.ok) return died
  if (open.value.some((doubt) => doubt.visitNo === visitNo)) return clearUp(op, 'settle')
  const found = await op.ask('records.search', { from: '2000-01-01', to: '2999-12-31', text: visitNo, state: 'all', after: null, limit: 5 })
  // A visit that was settled before stands there too: that statement is in somebody's hands already.
  const row = found.ok ? found.value.rows.find((one) => one.visitNo === visitNo && one.state !== 'in-doubt' && !op.memory.keeps(one.settlementId)) : undefined
  if (row === undefined) return died
  const told = await keepStatement(op, row.settlementId)
  return told ? { kind: 'done' } : died
}

/** The statement as the window opens it: into the hands of its holder, and its cash into the drawer. */
export async function keepStatement(op: AtCounter, settlementId: string): Promise<boolean> {
  const statement = await op.ask('records.open', { settlementId })
  if (!statement.ok) return false
  op.told.push(statementOf(statement.value))
  op.memory.keep(cardOf(op).name, statement.value)
  return true
}

/** What the card proved while it lay here: also of earlier days. */
export async function tellResolutions(op: AtCounter): Promise<void> {
  for (const { kind, settlementId, outcome } of op.resolutions) {
    op.told.push({ kind: 'resolved', of: kind, settlementId, outcome })
    op.people.hit(`operation:resolved-${kind}-${outcome}`)
    op.memory.drawerUnsure = true
    if (outcome === 'in-doubt' || outcome === 'not-recorded') continue
    op.memory.resolved(settlementId)
    if (outcome === 'posted' && kind === 'settlement' && !op.told.some((told) => told.kind === 'statement' && told.settlementId === settlementId)) {
      await keepStatement(op, settlementId)
    }
  }
}
