/** How a till that knows no centre stands with it: nothing is confirmed, and nothing was sent. */

import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { SyncView } from '../../contract/sync-view.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'

export function syncWithoutCentre(ledger: Pick<LedgerReader, 'unconfirmed' | 'head'>): SyncView {
  const [waiting, head] = [ledger.unconfirmed(), ledger.head()]
  const { count, since } = waiting.ok ? waiting.value : { count: 0, since: undefined }
  return {
    link: 'not-connected',
    centre: null,
    lostBatches: null,
    mayConnectAnew: false,
    lastContact: null,
    unconfirmed: { count, since: since === undefined ? null : readableTime(since) },
    queue: { facts: head.ok ? head.value.sequence : 0, batches: 0, bytes: 0 },
    progress: null,
    attempt: null,
    parked: [],
    adjusted: [],
    downloads: []
  }
}
