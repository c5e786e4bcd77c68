/** What a till says of its centre, its day close and its loads while it knows no centre: nothing is confirmed, nothing can be. */

import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { SyncView } from '../../contract/sync-view.ts'
import { readableTime } from '../records/recorded-visit.ts'

/** Settlements that are counted; a till that settles more is a till with a centre. */
const COUNTED_MAX = 200

export function syncWithoutCentre(ledger: LedgerReader): SyncView {
  const settled = ledger.settlements({ limit: COUNTED_MAX })
  const waiting = settled.ok ? settled.value : []
  const oldest = waiting.at(-1)
  return {
    link: 'not-connected',
    centre: null,
    lastContact: null,
    unconfirmed: {
      count: waiting.length + waiting.filter(({ correction }) => correction !== undefined).length,
      since: oldest === undefined ? null : readableTime(oldest.hold.fact.heldAt)
    },
    queue: { facts: 0, batches: 0, bytes: 0 },
    progress: null,
    attempt: null,
    parked: [],
    adjusted: [],
    downloads: []
  }
}
