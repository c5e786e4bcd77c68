import { ok, type Result } from '../../../base/result.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { ageDays } from '../../../settlement/sync/age.ts'
import { endOf } from '../../../settlement/sync/batch-maker.ts'
import type { Apart, ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
import { unconfirmed } from '../../../settlement/sync/unconfirmed.ts'
import { openLedgerForReading } from '../../../settlement/store/sqlite/open-ledger.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { readCentreFile, type CentreFile } from '../../host/sync/centre-files.ts'
import type { Command } from '../command.ts'
import { asBadInput } from '../document.ts'
import type { Failure, Output } from '../failure.ts'
import { parkedLines } from '../print/sync-lines.ts'
import { ledgerFailure } from '../refusal-failure.ts'
import { PLACE_OPTIONS, placeOf } from '../sync-place.ts'

const SYNOPSIS = '--data FOLDER | --ledger DB'
const PARKED_SHOWN_MAX = 100

export const syncStatusCommand: Command = {
  name: 'sync status',
  synopsis: SYNOPSIS,
  summary: 'how far this terminal and its centre agree: what is not confirmed, parked, downloaded; asks nobody (同步状态)',
  options: PLACE_OPTIONS,
  positionals: [],
  run: (input, { clock }) => {
    const place = placeOf(input, `sync status ${SYNOPSIS}`)
    if (!place.ok) return place
    const centre = asBadInput(readCentreFile(place.value.paths))
    if (!centre.ok) return centre
    const ledger = openLedgerForReading(place.value.ledger)
    if (!ledger.ok) return ledgerFailure(ledger.error)
    try {
      return statusOf(ledger.value, ledger.value.sync, { centre: centre.value, now: clock().cardTime })
    } finally {
      ledger.value.close()
    }
  }
}

/** `batch`: the centre's last one that is missing, or the first in which the two are not the same. */
const APART: Readonly<Record<Apart['kind'], (batch: number) => string>> = {
  'facts-missing': (batch) => `账簿是较早的拷贝，缺少中心已有的记录（至第${batch}批），不能结算：请运行 ledger restore  an older copy, which lacks what the centre has up to batch ${batch}; nothing is settled before: ledger restore`,
  'batches-missing': (batch) => `记录已取回，待中心核对至第${batch}批：请运行 sync  fetched again, the batches up to ${batch} are made anew: sync`,
  parted: (batch) => `账簿自第${batch}批起与中心所有的不同，中心不再接收：请用新的接入码运行 sync connect --anew  since batch ${batch} this ledger is another than the centre's, which takes nothing of it: sync connect --anew with a new code`
}

interface At {
  readonly centre: CentreFile | undefined
  readonly now: string
}

function statusOf(ledger: LedgerReader, store: ReadableSyncStore, { centre, now }: At): Result<Output, Failure> {
  const waiting = unconfirmed(ledger, store)
  if (!waiting.ok) return ledgerFailure(waiting.error)
  const head = ledger.head()
  if (!head.ok) return ledgerFailure(head.error)
  const { batches, facts } = store.unanswered()
  const unsent = facts + head.value.sequence - endOf(store.lastBatch())
  const parked = parkedLines(ledger, store, store.parkedWaiting(0, PARKED_SHOWN_MAX).map(({ sequence }) => sequence))
  const downloads = store.downloads().map((row) => ({ ...row, age_days: ageDays(row.checkedAt, now) }))
  const since = waiting.value.since
  const apart = store.apart()
  return ok({
    text: [
      centre === undefined
        ? '未接入中心 not connected to a centre'
        : `${centre.name} (${centre.url}) as ${centre.terminal}${centre.paused ? ', 已离线 offline' : ''}`,
      ...(apart === undefined ? [] : [APART[apart.kind](apart.batch)]),
      `尚未确认 not confirmed ${waiting.value.count}${since === undefined ? '' : `, 最早 since ${readableTime(since)}`}; 待上传 to send ${unsent} facts, ${batches} batches`,
      ...parked.map(({ text }) => text),
      ...downloads.map(({ kind, version, checkedAt, age_days }) => `${kind} ${version}, ${readableTime(checkedAt)}, ${age_days} d`)
    ].join('\n'),
    json: {
      centre: centre === undefined ? null : { url: centre.url, name: centre.name, terminal: centre.terminal, paused: centre.paused },
      apart: apart === undefined ? null : { kind: apart.kind, batch: apart.batch },
      unconfirmed: { count: waiting.value.count, since: since ?? null },
      queue: { facts: unsent, batches },
      parked: parked.map(({ json }) => json),
      downloads: downloads.map(({ kind, version, fetchedAt, checkedAt, age_days }) => ({ kind, version, fetched_at: fetchedAt, checked_at: checkedAt, age_days }))
    }
  })
}
