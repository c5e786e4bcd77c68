/** Closing the fake's day: count, resolve, sign, reopen. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { isDifference, type CloseContent, type ClosedView, type CloseItem, type CloseReport, type CloseView, type DrawerView } from '../close-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import type { Text, Yuan } from '../text.ts'
import type { FakeClose } from './fake-books.ts'
import {
  CLOSE_HINDERED,
  CLOSE_NOT_LAST,
  CLOSE_STALE,
  CLOSE_UNKNOWN,
  closeAmountMalformed,
  ITEM_UNKNOWN,
  NOTE_MISSING,
  NOTHING_TO_CLOSE,
  RESOLUTION_NOT_OFFERED
} from './fake-centre-refusals.ts'
import { chartsOf, happenedOf, periodOf, rowsOf, signed, type Happened } from './fake-close-rows.ts'
import { itemsOf } from './fake-close-items.ts'
import { REASON_INVALID } from './fake-refusals.ts'
import { fen, yuan } from './fake-sums.ts'
import type { World } from './fake-world.ts'

const happened = (world: World): readonly Happened[] =>
  happenedOf(world.statements, new Set(world.books.closes.filter(({ reopened }) => reopened === null).flatMap(({ covers }) => [...covers])))

function contentOf(world: World): CloseContent {
  const period = happened(world)
  const drawer = drawerOf(world, period)
  return {
    day: world.till.today,
    period: periodOf(period, world.loadsWaiting),
    rows: rowsOf(period, world.sync.centre !== null),
    drawer,
    items: itemsOf(world, period, drawer),
    charts: chartsOf(period)
  }
}

function drawerOf({ books: { float, counted } }: World, period: readonly Happened[]): DrawerView {
  const cash = (kind: Happened['kind']): bigint => period.filter((one) => one.kind === kind).reduce((sum, { statement }) => sum + fen(statement.sums.cash), 0n)
  const [received, handedBack] = [cash('settlement'), cash('refund')]
  const expected = float === null ? null : fen(float) + received - handedBack
  return {
    float,
    received: yuan(received),
    handedBack: yuan(handedBack),
    expected: expected === null ? null : signed(expected),
    counted,
    difference: expected === null || counted === null ? null : signed(fen(counted) - expected)
  }
}

const isOpen = ({ chosen }: CloseItem): boolean => chosen === null

function viewOf(world: World): CloseView {
  const content = contentOf(world)
  const { items, period, drawer } = content
  const synced = items.filter(({ kind }) => kind === 'unsynced' || kind === 'centre-not-asked').every((item) => !isOpen(item))
  const counted = drawer.counted !== null
  const resolved = items.every((item) => !isOpen(item))
  const empty = period.settlements + period.refunds === 0
  return {
    ...content,
    state: empty ? 'nothing' : 'open',
    revision: world.books.changes + world.statements.length + world.sync.unconfirmed.count,
    steps: { synced, counted, resolved },
    whyNot: empty ? [{ zh: '上次日结后没有新的账目', en: 'nothing was booked since the last close' }] : whyNot(items, counted),
    closes: world.books.closes.map((close, index) => closedView(close, index === 0))
  }
}

function whyNot(items: readonly CloseItem[], counted: boolean): readonly Text[] {
  const open = items.filter(isOpen).length
  return [
    ...(counted ? [] : [{ zh: '钱箱还没有清点', en: 'the drawer is not counted yet' }]),
    ...(open === 0 ? [] : [{ zh: `还有${open}项没有处理`, en: `still without a resolution: ${open}` }])
  ]
}

function closedView({ report, reopened }: FakeClose, isNewest: boolean): ClosedView {
  const value = (row: string): string => report.rows.find((one) => one.row === row)?.ledger ?? '0.00'
  return {
    sequence: report.signed?.sequence ?? 0,
    day: report.day,
    closedAt: report.signed?.closedAt ?? '',
    settlements: report.period.settlements,
    total: value('total'),
    cash: value('cash'),
    differences: report.items.filter(isDifference).length,
    reopened,
    canReopen: isNewest && reopened === null
  }
}

export const openClose = (world: World): Answer<'close.open'> => ok(viewOf(world))

const AMOUNT = /^\d{1,9}(?:\.\d{1,2})?$/

const written = (amount: string): Yuan => yuan(fen(amount.includes('.') ? amount : `${amount}.00`))

export function countDrawer(world: World, { float, counted }: Params<'close.count'>): Answer<'close.count'> {
  if (!AMOUNT.test(float)) return refuse(closeAmountMalformed('备用金', float))
  if (!AMOUNT.test(counted)) return refuse(closeAmountMalformed('清点', counted))
  Object.assign(world.books, { float: written(float), counted: written(counted) })
  world.books.changes += 1
  // A count that was resolved as it was is another one now.
  world.books.chosen.delete('drawer')
  return ok(viewOf(world))
}

export function resolveItem(world: World, { item, resolution, note }: Params<'close.resolve'>): Answer<'close.resolve'> {
  const found = contentOf(world).items.find((candidate) => candidate.item === item)
  if (found === undefined) return refuse(ITEM_UNKNOWN)
  const offered = found.offered.find((candidate) => candidate.resolution === resolution)
  if (offered === undefined) return refuse(RESOLUTION_NOT_OFFERED)
  if (offered.needsNote && note.trim() === '') return refuse(NOTE_MISSING)
  world.books.chosen.set(item, { resolution, text: offered.text, note: note.trim() })
  world.books.changes += 1
  return ok(viewOf(world))
}

export function signClose(world: World, { revision }: Params<'close.sign'>): Answer<'close.sign'> {
  const view = viewOf(world)
  if (view.state === 'nothing') return refuse(NOTHING_TO_CLOSE)
  if (view.revision !== revision) return refuse(CLOSE_STALE)
  if (view.whyNot.length > 0) return refuse(CLOSE_HINDERED)
  const sequence = 100 + world.books.closes.length
  const report = reportOf(world, { sequence, hash: 'c0ffee1234567890', signature: 'dGVzdC1zaWduYXR1cmU=', closedAt: `${world.till.today} 18:00:00` })
  const covers = new Set(happened(world).map(({ id }) => id))
  world.books.closes = [{ report, covers, reopened: null }, ...world.books.closes]
  Object.assign(world.books, { float: null, counted: null })
  world.books.chosen.clear()
  return ok(viewOf(world))
}

export function reopenClose(world: World, { sequence, reason }: Params<'close.reopen'>): Answer<'close.reopen'> {
  if (reason.trim() === '') return refuse(REASON_INVALID)
  const [newest, ...older] = world.books.closes
  if (!world.books.closes.some(({ report }) => report.signed?.sequence === sequence)) return refuse(CLOSE_UNKNOWN)
  if (newest?.report.signed?.sequence !== sequence || newest.reopened !== null) return refuse(CLOSE_NOT_LAST)
  world.books.closes = [{ ...newest, reopened: { at: `${world.till.today} 18:30:00`, reason: reason.trim() } }, ...older]
  world.books.changes += 1
  return ok(viewOf(world))
}

function reportOf(world: World, signature: CloseReport['signed']): CloseReport {
  const { institution, terminalName } = world.till
  return { ...contentOf(world), institution: { code: institution.code, name: institution.name }, terminal: terminalName, signed: signature, reopened: null }
}

function find(world: World, sequence: number | null): Result<CloseReport, RefusalView> {
  if (sequence === null) return ok(reportOf(world, null))
  const close = world.books.closes.find(({ report }) => report.signed?.sequence === sequence)
  return close === undefined ? refuse(CLOSE_UNKNOWN) : ok({ ...close.report, reopened: close.reopened })
}

export const closeReport = (world: World, { sequence }: Params<'close.report'>): Answer<'close.report'> => find(world, sequence)

export function closeCsv(world: World, { sequence }: Params<'close.csv'>): Answer<'close.csv'> {
  const report = find(world, sequence)
  return report.ok ? ok({ saved: `/tmp/caresettle-test/closes/${report.value.day}.csv` }) : report
}
