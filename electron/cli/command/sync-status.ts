import { ok, type Result } from '../../../base/result.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { ageDays } from '../../../settlement/sync/age.ts'
import { endOf } from '../../../settlement/sync/batch-maker.ts'
import type { ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
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
  return ok({
    text: [
      centre === undefined
        ? '未接入中心 not connected to a centre'
        : `${centre.name} (${centre.url}) as ${centre.terminal}${centre.paused ? ', 已离线 offline' : ''}`,
      `尚未确认 not confirmed ${waiting.value.count}${since === undefined ? '' : `, 最早 since ${readableTime(since)}`}; 待上传 to send ${unsent} facts, ${batches} batches`,
      ...parked.map(({ text }) => text),
      ...downloads.map(({ kind, version, checkedAt, age_days }) => `${kind} ${version}, ${readableTime(checkedAt)}, ${age_days} d`)
    ].join('\n'),
    json: {
      centre: centre === undefined ? null : { url: centre.url, name: centre.name, terminal: centre.terminal, paused: centre.paused },
      unconfirmed: { count: waiting.value.count, since: since ?? null },
      queue: { facts: unsent, batches },
      parked: parked.map(({ json }) => json),
      downloads: downloads.map(({ kind, version, fetchedAt, checkedAt, age_days }) => ({ kind, version, fetched_at: fetchedAt, checked_at: checkedAt, age_days }))
    }
  })
}
