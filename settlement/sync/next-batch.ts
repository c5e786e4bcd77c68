/** Which batch goes next, by where the centre says it stands; or why none does. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { NO_BATCH, type Standing } from '../batch/batch.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import { endOf, hexOf } from './batch-maker.ts'
import type { StopReason } from './stop-reason.ts'
import type { ReadableSyncStore, SyncStore } from './sync-store.ts'

interface Here {
  readonly ledger: Pick<LedgerReader, 'links'>
  readonly store: SyncStore
  /** As enrolled. */
  readonly terminal: string
}

/** lost: the centre has batches of this ledger's facts that are not here. */
export function nextAfter({ ledger, store, terminal }: Here, standing: Standing): Result<number | 'lost', StopReason> {
  if (standing.terminal !== terminal) {
    return refuse({ kind: 'answer-wrong', detail: `asked for terminal ${terminal}, told about ${standing.terminal}` })
  }
  const isHere = hasFactsOf(ledger, standing)
  if (!isHere.ok) return isHere
  const made = madeBatches(store)
  if (standing.batch > made) return isHere.value ? ok('lost') : refuse({ kind: 'centre-ahead', centre: standing.batch, here: made })
  const last = store.batch(standing.batch)
  if (!isHere.value || standing.batchHash !== (last?.hash ?? NO_BATCH) || standing.sequence !== endOf(last)) {
    return refuse({ kind: 'histories-differ', batch: standing.batch })
  }
  return nextBehind(store, standing.batch)
}

/** Number of the last batch that was made here. */
export const madeBatches = (store: Pick<ReadableSyncStore, 'lastBatch'>): number => store.lastBatch()?.number ?? 0

/** Whether the chain here passes through where the centre's ends. */
function hasFactsOf(ledger: Here['ledger'], { sequence, chainHash }: Standing): Result<boolean, StopReason> {
  if (sequence === 0) return ok(true)
  const links = ledger.links(sequence - 1, 1)
  if (!links.ok) return links
  const [end] = links.value
  return ok(end !== undefined && hexOf(end.hash) === chainHash)
}

/**
 * What was answered behind the centre's last batch is asked for anew, and that is written down before the first of them goes: its
 * new answer may be lost, and then the centre says that it has the batch.
 */
function nextBehind(store: SyncStore, batch: number): Result<number, StopReason> {
  if (batch >= store.answeredTo()) return ok(store.answeredTo() + 1)
  return store.transaction(() => {
    store.forgetAnswers(batch)
    return ok(batch + 1)
  })
}
