/**
 * The fake's link. Nothing moves by itself: what waits is confirmed when a test says so, or when the window asks for it and
 * nothing keeps the centre away.
 */

import { invariant } from '../../../base/invariant.ts'
import { ok, refuse } from '../../../base/result.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Params } from '../requests.ts'
import type { ConfirmationView, StatementView } from '../settlement-view.ts'
import type { AdjustedRow, ParkedRow, SyncView } from '../sync-view.ts'
import type { Answer } from '../terminal.ts'
import { ADDRESS_MALFORMED, ALREADY_CONNECTED, CODE_REFUSED, LEDGER_OLDER, NOT_CONNECTED, NOT_PARKED, NOTE_MISSING, OUTAGES, PAUSED } from './fake-centre-refusals.ts'
import { judgeAgain } from './fake-chip.ts'
import { fen, yuan } from './fake-sums.ts'
import { tell, type World } from './fake-world.ts'
import { ADJUSTED_REASON, PARKED_WORDS, SAMPLE_CENTRE, SAMPLE_DOWNLOADS, SAMPLE_RESTORED } from './sample-sync.ts'

export const FIXTURE_CODE = 'TEST-0001-0001'
/** A batch of the fake holds so many facts. */
const BATCH = 50
const BYTES_A_FACT = 420

/** What tests do to the link. */
export interface FakeCentre {
  goAway(outage: 'network-down' | 'centre-down'): void
  comeBack(): void
  /** The two find each other again only under another name. */
  part(): void
  /** Confirms so many of what waits, the oldest first; all of it unless said. */
  confirm(count?: number): void
  park(settlementId: string): void
  /** The ledger turns out to be an older copy: two batches of the centre's are not here. */
  putBack(): void
  /** Books it with 10.00 less of the fund, which the patient owes in cash. */
  adjust(settlementId: string): void
}

interface Waiting {
  readonly settlementId: string
  readonly part: 'settlement' | 'refund'
  readonly at: string
}

const isWaiting = ({ state }: ConfirmationView): boolean => state === 'provisional' || state === 'parked'

/** Oldest first, parked ones among them. */
function waiting(world: World): readonly Waiting[] {
  return world.statements
    .filter(({ state }) => state !== 'in-doubt')
    .flatMap(({ settlementId, settledAt, confirmation, refund }): Waiting[] => [
      ...(isWaiting(confirmation) ? [{ settlementId, part: 'settlement' as const, at: settledAt }] : []),
      ...(refund !== null && isWaiting(refund.confirmation) ? [{ settlementId, part: 'refund' as const, at: refund.at }] : [])
    ])
    .toSorted((left, right) => left.at.localeCompare(right.at))
}

const isParked = (world: World, { settlementId, part }: Waiting): boolean =>
  part === 'settlement' && world.sync.parked.some((row) => row.settlementId === settlementId)

const loadedAt = (world: World): string => `${world.till.today} 11:05:00`

/** Counts anew what waits, and tells how everything stands. */
export function tellSync(world: World, change: Partial<SyncView> = {}): void {
  world.sync = { ...world.sync, ...change }
  const all = waiting(world)
  const unsent = all.filter((entry) => !isParked(world, entry)).length + world.loadsWaiting
  world.sync = {
    ...world.sync,
    unconfirmed: { count: all.length + world.loadsWaiting, since: all[0]?.at ?? (world.loadsWaiting > 0 ? loadedAt(world) : null) },
    queue: { facts: unsent, batches: Math.ceil(unsent / BATCH), bytes: unsent * BYTES_A_FACT }
  }
  tell(world, { topic: 'sync', sync: world.sync })
}

function hindrance(world: World): RefusalView | null {
  if (world.sync.centre === null) return NOT_CONNECTED
  if (world.sync.link === 'paused') return PAUSED
  return world.outage === null ? null : OUTAGES[world.outage]
}

export function connect(world: World, { url, code }: Params<'sync.connect'>): Answer<'sync.connect'> {
  const { centre, mayConnectAnew } = world.sync
  if (centre !== null && !mayConnectAnew) return refuse(ALREADY_CONNECTED)
  if (!/^https?:\/\/[^\s/]+/.test(url.trim())) return refuse(ADDRESS_MALFORMED)
  if (world.outage !== null) return refuse(OUTAGES[world.outage])
  if (code.trim() !== FIXTURE_CODE) return refuse(CODE_REFUSED)
  const terminal = centre === null ? SAMPLE_CENTRE.terminal : SAMPLE_CENTRE.terminal.replace(/01$/, '02')
  tellSync(world, { centre: { ...SAMPLE_CENTRE, terminal, url: url.trim() }, mayConnectAnew: false, attempt: null, link: 'up', lastContact: nowOf(world), downloads: SAMPLE_DOWNLOADS })
  return ok(world.sync)
}

const nowOf = (world: World): string => `${world.till.today} 12:00:00`

export function syncNow(world: World): Answer<'sync.now'> {
  const refusal = hindrance(world)
  if (refusal === NOT_CONNECTED || refusal === PAUSED) return refuse(refusal)
  if (refusal !== null) {
    const number = (world.sync.attempt?.number ?? 0) + 1
    tellSync(world, { link: world.outage ?? 'up', attempt: { number, nextAt: `${world.till.today} 12:00:30`, reason: refusal.what } })
    return ok(world.sync)
  }
  confirmOldest(world, Infinity)
  return ok(world.sync)
}

export function pause(world: World): Answer<'sync.pause'> {
  if (world.sync.centre === null) return refuse(NOT_CONNECTED)
  tellSync(world, { link: 'paused', progress: null, attempt: null })
  return ok(world.sync)
}

export function resume(world: World): Answer<'sync.resume'> {
  if (world.sync.centre === null) return refuse(NOT_CONNECTED)
  tellSync(world, { link: world.outage ?? 'up' })
  return syncNow(world)
}

/** What the centre has and this ledger had lost is here again. */
export function restore(world: World): Answer<'sync.restore'> {
  const refusal = hindrance(world)
  if (refusal !== null) return refuse(refusal)
  const lost = world.sync.lostBatches !== null
  tellSync(world, { lostBatches: null, link: 'up', attempt: null, lastContact: nowOf(world) })
  judgeAgain(world)
  return ok(lost ? SAMPLE_RESTORED : { settlements: 0, refunds: 0, loads: 0, closes: 0 })
}

/** The centre judges it once more, and books it. */
export function retry(world: World, { sequence }: Params<'sync.retry'>): Answer<'sync.retry'> {
  const row = world.sync.parked.find((parked) => parked.sequence === sequence)
  if (row === undefined) return refuse(NOT_PARKED)
  const refusal = hindrance(world)
  if (refusal !== null) return refuse(refusal)
  setConfirmation(world, { settlementId: row.settlementId, part: 'settlement', at: row.since }, bookedAs(world, row.settlementId))
  tellSync(world, { parked: world.sync.parked.filter((parked) => parked !== row) })
  return ok(world.sync)
}

export function handOver(world: World, { sequence, note }: Params<'sync.hand-over'>): Answer<'sync.hand-over'> {
  if (!world.sync.parked.some((parked) => parked.sequence === sequence)) return refuse(NOT_PARKED)
  if (note.trim() === '') return refuse(NOTE_MISSING)
  tellSync(world, {
    parked: world.sync.parked.map((parked) => (parked.sequence === sequence ? { ...parked, state: 'handed-over', note: note.trim() } : parked))
  })
  return ok(world.sync)
}

const bookedAs = (world: World, id: string): ConfirmationView => ({ state: 'confirmed', setlId: `9${id.slice(-11)}`, setlTime: nowOf(world) })

/** What was refused and taken back it books neither of. */
function answerTo(world: World, { settlementId }: Waiting): ConfirmationView {
  const { confirmation, refund } = statementOf(world, settlementId)
  const isRefused = confirmation.state === 'parked' || confirmation.state === 'never-booked'
  return refund !== null && isRefused ? { state: 'never-booked', what: confirmation.what } : bookedAs(world, settlementId)
}

function confirmOldest(world: World, count: number): void {
  const entries = waiting(world).filter((entry) => !isParked(world, entry)).slice(0, count)
  for (const entry of entries) setConfirmation(world, entry, answerTo(world, entry))
  if (count === Infinity) world.loadsWaiting = 0
  tellSync(world, { link: 'up', attempt: null, progress: null, lastContact: nowOf(world) })
}

function setConfirmation(world: World, { settlementId, part }: Waiting, confirmation: ConfirmationView): void {
  world.statements = world.statements.map((statement) => {
    if (statement.settlementId !== settlementId) return statement
    return part === 'settlement' ? { ...statement, confirmation } : { ...statement, refund: statement.refund && { ...statement.refund, confirmation } }
  })
}

function statementOf(world: World, settlementId: string): StatementView {
  const statement = world.statements.find((candidate) => candidate.settlementId === settlementId)
  invariant(statement !== undefined, `the fake has no settlement ${settlementId}`)
  return statement
}

function parkedRow(world: World, { settlementId, holder, visit, sums, ledger }: StatementView): ParkedRow {
  return {
    sequence: ledger.sequence,
    kind: 'settlement',
    settlementId,
    name: holder.name,
    visitNo: visit.visitNo,
    total: sums.total,
    since: nowOf(world),
    ...PARKED_WORDS,
    actions: ['retry', 'hand-over', 'reverse'],
    state: 'open',
    note: null
  }
}

const TEN_YUAN = 1000n

function adjustedRow(world: World, { settlementId, holder, visit, sums }: StatementView): AdjustedRow {
  const { fundPaid, account, cash } = sums
  return {
    settlementId,
    name: holder.name,
    visitNo: visit.visitNo,
    confirmedAt: nowOf(world),
    reason: ADJUSTED_REASON,
    stated: { fundPaid, account, cash },
    booked: { fundPaid: yuan(fen(fundPaid) - TEN_YUAN), account, cash: yuan(fen(cash) + TEN_YUAN) },
    due: { cash: yuan(TEN_YUAN), cashDirection: 'from-patient', toCard: '0.00' }
  }
}

export function fakeCentre(world: World): FakeCentre {
  return {
    goAway(outage) {
      world.outage = outage
      tellSync(world, { link: outage, attempt: { number: 1, nextAt: `${world.till.today} 12:00:08`, reason: OUTAGES[outage].what } })
    },
    comeBack() {
      world.outage = null
      tellSync(world, { link: 'up', attempt: null, lastContact: nowOf(world) })
    },
    confirm: (count = Infinity) => confirmOldest(world, count),
    park(settlementId) {
      const row = parkedRow(world, statementOf(world, settlementId))
      setConfirmation(world, { settlementId, part: 'settlement', at: row.since }, { state: 'parked', sequence: row.sequence, what: row.what })
      tellSync(world, { parked: [...world.sync.parked, row] })
    },
    putBack() {
      tellSync(world, { lostBatches: 2, link: 'refused', attempt: { number: 1, nextAt: null, reason: LEDGER_OLDER.what } })
      judgeAgain(world)
    },
    part() {
      const reason = { zh: '第 3 批在中心与本机不一致', en: 'batch 3 differs here and at the centre' }
      tellSync(world, { mayConnectAnew: true, link: 'refused', attempt: { number: 1, nextAt: null, reason } })
    },
    adjust(settlementId) {
      const row = adjustedRow(world, statementOf(world, settlementId))
      const { reason, stated, booked, due } = row
      const { setlId, setlTime } = { setlId: `9${settlementId.slice(-11)}`, setlTime: nowOf(world) }
      setConfirmation(world, { settlementId, part: 'settlement', at: row.confirmedAt }, { state: 'adjusted', setlId, setlTime, reason, stated, booked, due })
      tellSync(world, { adjusted: [...world.sync.adjusted, row] })
    }
  }
}

/** A refund answers a parked settlement: nobody has to look at it any more. */
export function settleParked(world: World, settlementId: string): void {
  tellSync(world, { parked: world.sync.parked.filter((row) => row.settlementId !== settlementId) })
}
