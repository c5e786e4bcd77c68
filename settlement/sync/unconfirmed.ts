/**
 * What the status bar always tells: how many settlements, refunds and loads the centre has not confirmed, and since when:
 * when the money of the oldest was taken, not when the centre said no. Parked ones are among them, also those that it had
 * confirmed and, put back from an older copy, does not book again; what was taken back here and is unknown there has
 * nothing left to confirm.
 */

import { ok, type Result } from '../../base/result.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import type { Unconfirmed } from '../ledger/ledger-views.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { subjectOf } from './fact-subject.ts'
import type { ReadableSyncStore } from './sync-store.ts'

const PAGE = 100
/** Pages that are looked through for the oldest that still waits: reversed entries are few, and soon passed. */
const PAGES_MAX = 20

export function unconfirmed(
  ledger: Pick<LedgerReader, 'unconfirmed' | 'awaiting' | 'log'>,
  store: Pick<ReadableSyncStore, 'parkedCounts' | 'confirmedBefore' | 'parked'>
): Result<Unconfirmed, StoreFailure> {
  const all = ledger.unconfirmed()
  if (!all.ok) return all
  const { reversed } = store.parkedCounts()
  const before = store.confirmedBefore()
  if (reversed === 0 && before.count === 0) return all
  const count = Math.max(0, all.value.count - reversed) + before.count
  if (count === 0) return ok({ count, since: undefined })
  const since = reversed === 0 ? ok(all.value.since) : sinceWhen(ledger, store)
  if (!since.ok) return since
  const confirmed = before.first === undefined ? ok([]) : ledger.log(before.first - 1, 1)
  if (!confirmed.ok) return confirmed
  const [first] = confirmed.value
  return ok({ count, since: earlier(since.value, first && subjectOf(first.fact).time) ?? all.value.since })
}

const earlier = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one

function sinceWhen(
  ledger: Pick<LedgerReader, 'awaiting'>,
  store: Pick<ReadableSyncStore, 'parked'>
): Result<string | undefined, StoreFailure> {
  let after = 0
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const waiting = ledger.awaiting(PAGE, after)
    if (!waiting.ok) return waiting
    const oldest = waiting.value.find(({ sequence }) => store.parked(sequence)?.state !== 'reversed')
    if (oldest !== undefined) return ok(subjectOf(oldest.fact).time)
    after = waiting.value.at(-1)?.sequence ?? after
    if (waiting.value.length < PAGE) break
  }
  return ok(undefined)
}
