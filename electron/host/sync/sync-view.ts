/** How the till and its centre stand, as the window draws it. */

import { never } from '../../../base/invariant.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { LedgerReader, SettlementState } from '../../../settlement/ledger/ledger.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { formatFen, ZERO } from '../../../settlement/money/fen.ts'
import { isAdjusted } from '../../../settlement/ledger/effective.ts'
import { ageDays, isStale } from '../../../settlement/sync/age.ts'
import { DOWNLOAD_KINDS } from '../../../settlement/sync/link.ts'
import type { LinkHealth } from '../../../settlement/sync/link-health.ts'
import type { SyncMoment } from '../../../settlement/sync/ports.ts'
import type { StopReason } from '../../../settlement/sync/stop-reason.ts'
import type { Sync, SyncProgress } from '../../../settlement/sync/sync.ts'
import type { ParkedRow as StoredParked, ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
import { unconfirmed } from '../../../settlement/sync/unconfirmed.ts'
import type { AdjustedRow, DownloadRow, LinkState, ParkedRow, SyncView } from '../../contract/sync-view.ts'
import { dueOf, reasonText, splitOf } from '../records/confirmation-view.ts'
import { recordRow } from '../records/record-row.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { settledVisit } from '../records/recorded-visit.ts'
import { momentOf } from '../system.ts'
import type { CentreFile } from './centre-files.ts'
import { failureDetail, failureText, stopDetail, stopText } from './link-text.ts'
import { mayConnectAnew } from './may-connect-anew.ts'
import { parkedWords } from './parked-text.ts'

export interface SyncFacts {
  readonly centre: CentreFile
  readonly sync: Sync
  readonly ledger: LedgerReader
  readonly store: ReadableSyncStore
  /** Settlements that the centre booked otherwise, since the last close; oldest first. */
  readonly adjusted: readonly string[]
  /** Days that the region lets an offline answer be old; undefined: it sets none. */
  readonly daysMax: number | undefined
  readonly now: SyncMoment
}

/** More than a screen shows; the others follow when these are dealt with. */
const PARKED_SHOWN_MAX = 200

export function syncView(facts: SyncFacts): Result<SyncView, StoreFailure> {
  const { centre, sync, ledger, store } = facts
  const status = sync.status()
  if (!status.ok) return status
  const waiting = unconfirmed(ledger, store)
  if (!waiting.ok) return waiting
  const { queue, unmade, stop, progress } = status.value
  const { health } = sync
  return ok({
    link: centre.paused ? 'paused' : linkState(health, stop),
    centre: { url: centre.url, name: centre.name, terminal: centre.terminal },
    lostBatches: sync.lostBatches ?? null,
    mayConnectAnew: mayConnectAnew(sync),
    lastContact: health.lastContact === undefined ? lastContactOf(store) : readableTime(health.lastContact),
    unconfirmed: { count: waiting.value.count, since: waiting.value.since === undefined ? null : readableTime(waiting.value.since) },
    queue: { facts: queue.facts + unmade, batches: queue.batches, bytes: queue.bytes },
    progress: progress === undefined || centre.paused ? null : progressView(progress),
    attempt: centre.paused ? null : attemptView(health, stop),
    parked: store.parkedWaiting(0, PARKED_SHOWN_MAX).map((row) => parkedView(ledger, row)),
    adjusted: facts.adjusted.flatMap((settlementId) => adjustedView(ledger, settlementId) ?? []),
    downloads: downloadViews(facts)
  })
}

function linkState(health: LinkHealth, stop: StopReason | undefined): LinkState {
  if (stop !== undefined) return 'refused'
  switch (health.state) {
    case 'untried':
    case 'up':
      return 'up'
    case 'network-down':
    case 'centre-down':
    case 'refused':
      return health.state
    default:
      return never(health.state)
  }
}

/** Before this start: when the centre last said that a list still holds. */
function lastContactOf(store: ReadableSyncStore): string | null {
  const times = store.downloads().map(({ checkedAt }) => checkedAt)
  const last = times.toSorted().at(-1)
  return last === undefined ? null : readableTime(last)
}

const SECOND_MS = 1_000

export function progressView({ sent, total, elapsedMs }: SyncProgress): NonNullable<SyncView['progress']> {
  const rate = elapsedMs > 0 ? (sent * SECOND_MS) / elapsedMs : 0
  const measured = rate > 0
  return {
    sent,
    total,
    secondsLeft: measured ? Math.ceil((total - sent) / rate) : null
  }
}

function attemptView({ failures, failure, nextAtMs }: LinkHealth, stop: StopReason | undefined): SyncView['attempt'] {
  if (stop !== undefined) return { number: Math.max(1, failures), nextAt: null, reason: stopText(stop), ...detailed(stopDetail(stop)) }
  if (failures === 0 || failure === undefined) return null
  return { number: failures, nextAt: readableTime(momentOf(nextAtMs).cardTime), reason: failureText(failure), ...detailed(failureDetail(failure)) }
}

export const detailed = (detail: string | undefined): { readonly detail?: string } => (detail === undefined ? {} : { detail })

export function parkedView(ledger: LedgerReader, row: StoredParked): ParkedRow {
  const settlementId = settlementOf(ledger, row)
  const settled = ledger.settlement(settlementId)
  const record = settled.ok && settled.value !== undefined ? recordRow(settledVisit(settled.value)) : undefined
  return {
    sequence: row.sequence,
    kind: KINDS[row.kind],
    settlementId,
    name: record?.name ?? '',
    visitNo: record?.visitNo ?? '',
    total: row.kind === 'load-posting' ? loadAmount(ledger, row) : (record?.total ?? formatFen(ZERO)),
    since: readableTime(row.since),
    ...parkedWords(row.verdict),
    state: row.state === 'handed-over' ? 'handed-over' : 'open',
    note: row.note === '' ? null : row.note
  }
}

const KINDS = { posting: 'settlement', correction: 'refund', 'load-posting': 'load', other: 'settlement' } as const

/** A load is for a settlement, or for a credit that no settlement stands behind. */
function settlementOf(ledger: LedgerReader, { kind, id }: StoredParked): string {
  if (kind !== 'load-posting') return id
  const load = ledger.load(id)
  const purpose = load.ok ? load.value?.hold.fact.purpose : undefined
  return purpose?.kind === 'refund' ? purpose.settlementId : ''
}

function loadAmount(ledger: LedgerReader, { id }: StoredParked): string {
  const load = ledger.load(id)
  return formatFen(load.ok && load.value !== undefined ? load.value.hold.fact.intent.amount : ZERO)
}

function adjustedView(ledger: LedgerReader, settlementId: string): AdjustedRow | undefined {
  const settled = ledger.settlement(settlementId)
  return settled.ok && settled.value !== undefined ? adjustedRow(settled.value) : undefined
}

/** undefined when nothing was adjusted: the settlement was taken back before. */
export function adjustedRow(settled: SettlementState): AdjustedRow | undefined {
  const { hold, confirmation, effective } = settled
  const ofRecord = confirmation?.fact.ofRecord
  if (confirmation === undefined || ofRecord === undefined || !isAdjusted(settled)) return undefined
  const { settlementId, name, visitNo } = recordRow(settledVisit(settled))
  return {
    settlementId,
    name,
    visitNo,
    confirmedAt: readableTime(confirmation.fact.confirmedAt),
    reason: reasonText(ofRecord.reason),
    stated: splitOf(hold.fact.amounts),
    booked: splitOf(effective.amounts),
    due: dueOf(settled)
  }
}

function downloadViews({ store, centre, daysMax, now }: SyncFacts): readonly DownloadRow[] {
  const rows = store.downloads()
  return DOWNLOAD_KINDS.map((kind) => {
    const row = rows.find((download) => download.kind === kind)
    // Last month's catalogue gives last month's prices, and no fund pays for that by mistake.
    const limitDays = kind === 'catalogue' ? undefined : daysMax
    const since = row?.checkedAt ?? centre.enrolled_at
    return {
      kind,
      version: row?.version ?? null,
      fetchedAt: row === undefined ? null : readableTime(row.checkedAt),
      ageDays: row === undefined ? null : ageDays(row.checkedAt, now.time),
      limitDays: limitDays ?? null,
      stale: limitDays !== undefined && isStale(since, now.time, limitDays)
    }
  })
}
