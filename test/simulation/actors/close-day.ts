/** The end of a till's day: what lies in the drawer is counted, what differs gets somebody's name, and what was seen is signed. */

import { ok, refuse } from '../../../base/result.ts'
import type { CloseItem, CloseView } from '../../../electron/contract/close-view.ts'
import type { Outcome } from '../operation.ts'
import { fenOf, yuanOf } from './amounts.ts'
import { isRefused } from './card-at-counter.ts'
import type { ClosePlan } from './plan.ts'
import { chosenOf } from './resolutions.ts'
import { slipInReopening } from './slips.ts'
import type { Undertaking, Went } from './undertaking.ts'

type Closing = Undertaking<ClosePlan>

/** What is put into the drawer in the morning. */
const FLOAT = 20_000
const SIGN_TRIES = 6
const ITEMS_MAX = 200
const LOOK_MS = 2_000

export async function closeDay(op: Closing): Promise<Outcome> {
  const opened = await op.ask('close.open', {})
  if (!opened.ok) return opened.error
  if (opened.value.state === 'nothing') return { kind: 'left', why: 'nothing-to-do' }
  const clumsy = await clumsily(op, opened.value)
  if (clumsy !== undefined) return clumsy
  if (op.plan.signs === 'never') return { kind: 'left', why: 'walked-away' }
  const signed = await countAndSign(op)
  if (!signed.ok) return signed.error
  if (op.plan.reopens === 'no') return { kind: 'done' }
  return reopen(op, signed.value)
}

/** What the plan does wrong at first; each is refused and nothing is signed by it. */
async function clumsily(op: Closing, seen: CloseView): Promise<Outcome | undefined> {
  const { counts, resolves, signs } = op.plan
  if (counts === 'negative') await op.ask('close.count', { float: '-1.00', counted: '10.00' })
  if (counts === 'not-at-all') {
    const signed = await op.ask('close.sign', { revision: seen.revision })
    if (signed.ok && !seen.steps.counted) op.people.listeners.unlawful('unlawful', `${op.id}: signed without a count`)
  }
  const counted = resolves === 'everything' && signs !== 'an-older-day' ? undefined : await count(op)
  if (counted === undefined || !counted.ok) return counted?.ok === false && counted.error.kind !== 'refused' ? counted.error : undefined
  const open = counted.value.items.filter(({ chosen }) => chosen === null)
  if (resolves === 'nothing' && open.length > 0) {
    const signed = await op.ask('close.sign', { revision: counted.value.revision })
    if (signed.ok) op.people.listeners.unlawful('unlawful', `${op.id}: signed with ${open.length} differences that nobody resolved`)
  }
  const wordless = open.flatMap((item) => item.offered.filter(({ needsNote }) => needsNote).map(({ resolution }) => ({ item: item.item, resolution })))[0]
  if (resolves === 'without-note' && wordless !== undefined) await op.ask('close.resolve', { ...wordless, note: ' ' })
  if (signs === 'an-older-day') await op.ask('close.sign', { revision: Math.max(0, counted.value.revision - 1) })
  return undefined
}

async function countAndSign(op: Closing): Promise<Went<CloseView>> {
  let last: Outcome = { kind: 'left', why: 'nothing-to-do' }
  for (let attempt = 0; attempt < SIGN_TRIES; attempt += 1) {
    const counted = await count(op)
    if (!counted.ok) return counted
    if (counted.value.state === 'nothing') return ok(counted.value)
    const resolved = await resolveAll(op, counted.value)
    if (!resolved.ok) return resolved
    const signed = await op.ask('close.sign', { revision: resolved.value.revision })
    if (signed.ok) return keepClose(op, signed.value)
    last = signed.error
    doneOrNot(op, last)
    if (!isRefused(last, 'close-stale', 'close-hindered')) return signed
    await op.sleep(LOOK_MS)
    // Looked at anew: the ledger has gone on meanwhile.
    const opened = await op.ask('close.open', {})
    if (!opened.ok) return opened
  }
  return refuse(last)
}

function count(op: Closing): Promise<Went<CloseView>> {
  const { counts } = op.plan
  const wrong = counts === 'short' ? -500 : counts === 'over' ? 300 : 0
  const counted = Math.max(0, FLOAT + op.memory.drawer + wrong)
  return op.ask('close.count', { float: yuanOf(FLOAT), counted: yuanOf(counted) })
}

async function resolveAll(op: Closing, seen: CloseView): Promise<Went<CloseView>> {
  compareDrawer(op, seen)
  let view = seen
  const refused = new Set<string>()
  for (let item = 0; item < ITEMS_MAX; item += 1) {
    const open = view.items.find(({ chosen, offered }) => chosen === null && offered.length > 0)
    if (open === undefined) return ok(view)
    const asked = resolutionOf(op, open, refused)
    const resolved = await op.ask('close.resolve', asked)
    if (!resolved.ok) refused.add(`${asked.item} ${asked.resolution}`)
    // It may have gone by itself, or what is offered may be another now.
    if (!resolved.ok && !isRefused(resolved.error, 'item-unknown', 'resolution-not-offered', 'chain-went-on', 'centre-refused', 'network-down', 'centre-down')) return resolved
    if (resolved.ok) op.people.hit(`state:difference-${open.kind}`)
    const again = resolved.ok ? resolved : await op.ask('close.open', {})
    if (!again.ok) return again
    view = again.value
  }
  return ok(view)
}

/** What was refused is not asked for again while there is anything else: whoever cannot reach the centre hands it to a person. */
function resolutionOf(op: Closing, open: CloseItem, refused: ReadonlySet<string>) {
  const left = open.offered.filter(({ resolution }) => !refused.has(`${open.item} ${resolution}`))
  const wanted = chosenOf(left.length === 0 ? open : { ...open, offered: left }, op.draw.fork('resolutions'))
  const resolution = wanted?.resolution ?? 'carry-over'
  op.people.hit(`state:resolved-by-${resolution}`)
  return { item: open.item, resolution, note: wanted?.needsNote === true ? '李某：已核实' : '' }
}

/** Nobody erred, nothing was in doubt: what they took in is what the window expects in the drawer. */
function compareDrawer(op: Closing, { drawer }: CloseView): void {
  const { memory, plan } = op
  if (memory.drawerUnsure || plan.counts === 'short' || plan.counts === 'over' || drawer.expected === null) return
  if (fenOf(drawer.expected) === FLOAT + memory.drawer) return
  op.people.listeners.unlawful('unlawful', `${op.id}: the drawer should hold ${drawer.expected}, the cashiers took in ${yuanOf(FLOAT + memory.drawer)}`)
}

function keepClose(op: Closing, view: CloseView): Went<CloseView> {
  const [closed] = view.closes
  if (closed === undefined) return ok(view)
  op.told.push({
    kind: 'closed',
    sequence: closed.sequence,
    settlements: closed.settlements,
    total: fenOf(closed.total),
    cash: fenOf(closed.cash),
    differences: closed.differences
  })
  op.people.hit('operation:closed')
  op.memory.closed = { drawer: op.memory.drawer, isUnsure: op.memory.drawerUnsure }
  op.memory.drawer = 0
  op.memory.drawerUnsure = false
  return ok(view)
}

/** It may be written, and only what it came to could not be read: then nobody knows which day's cash lies in the drawer. */
function doneOrNot({ memory }: Closing, outcome: Outcome): void {
  if (isRefused(outcome, 'store-failure')) memory.drawerUnsure = true
}

async function reopen(op: Closing, { closes }: CloseView): Promise<Outcome> {
  const [last] = closes
  if (last === undefined) return { kind: 'done' }
  await slipInReopening(op, { closes })
  const reopened = await op.ask('close.reopen', { sequence: last.sequence, reason: op.plan.reopens === 'without-reason' ? ' ' : '再数一遍' })
  if (!reopened.ok) {
    doneOrNot(op, reopened.error)
    return op.plan.reopens === 'without-reason' && reopened.error.kind === 'refused' ? { kind: 'done' } : reopened.error
  }
  op.people.hit('operation:reopened')
  // Its cash lies in the drawer of the open day again.
  op.memory.drawer += op.memory.closed.drawer
  op.memory.drawerUnsure ||= op.memory.closed.isUnsure
  const signed = await countAndSign(op)
  return signed.ok ? { kind: 'done' } : signed.error
}
