/** How this ledger and its centre are apart, as the centre was heard to say, maybe long ago: kept in the ledger's own file. */

import { ok, type Result } from '../../base/result.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { madeBatches } from './next-batch.ts'
import type { OlderLedger } from './stop-reason.ts'
import type { Apart, ReadableSyncStore, SyncStore } from './sync-store.ts'

/** undefined: not put back from an older copy, as far as the centre has said. */
export function olderLedger(store: Pick<ReadableSyncStore, 'apart' | 'lastBatch'>): OlderLedger | undefined {
  const apart = store.apart()
  return apart?.kind === 'facts-missing' ? { kind: 'centre-ahead', centre: apart.batch, here: madeBatches(store) } : undefined
}

/** So many batches of the centre's bring what an older ledger has lost. */
export const lostBatches = (older: OlderLedger | undefined): number | undefined => older && older.centre - older.here

/** Before anything is made or asked under that name. */
export function enrolledAs(store: Pick<SyncStore, 'terminal' | 'enrolledAs' | 'transaction'>, terminal: string): Result<null, StoreFailure> {
  if (store.terminal() === terminal) return ok(null)
  return store.transaction<null, never>(() => {
    store.enrolledAs(terminal)
    return ok(null)
  })
}

/** Durable before anything is done by it. */
export const keepApart = (store: Pick<SyncStore, 'setApart' | 'transaction'>, apart: Apart | undefined): Result<null, StoreFailure> =>
  store.transaction<null, never>(() => {
    store.setApart(apart)
    return ok(null)
  })
