/**
 * A ledger that was put back from an older copy. What it has lost its centre has, in the batches that this very terminal has sent; they
 * are fetched from the first one that is not here, proved, and their facts written once more:
 *
 *   signature   this terminal's own, over the hash of the batch: a centre can keep facts back, and can make none
 *   bytes       come to that hash, and the head follows the batch before
 *   facts       that are here are the same ones; those behind them follow the chain, and the rules of the ledger let them in
 *
 * Each batch is one transaction, so whatever breaks it off, the next try goes on from there. Sync itself then makes the batches again and
 * hears their answers. What no batch had brought to the centre is lost, but for what cards can prove.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { NO_BATCH, type Batch, type BatchCopy } from '../batch/batch.ts'
import { decodeBatch } from '../batch/decode-batch.ts'
import { batchHash } from '../batch/encode-batch.ts'
import type { Fact } from '../ledger/fact.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RestoreRefusal, StoreFailure } from '../ledger/refusal.ts'
import { keepApart } from './apart.ts'
import { endOf, hexOf } from './batch-maker.ts'
import type { CentreLink, LinkFailure } from './link.ts'
import type { SyncStore } from './sync-store.ts'

/** What shows that a batch is the one that this terminal has sent. */
export interface Proof {
  /** Whether this terminal's key has signed the request that brought it. */
  readonly isOwn: (copy: BatchCopy) => boolean
  /** Of zstd; undefined: it is damaged, or becomes more than a batch may have. */
  readonly decompress: (body: Uint8Array) => Uint8Array | undefined
}

export interface RestorePorts extends Proof {
  readonly ledger: Pick<Ledger, 'head' | 'links' | 'restore'>
  readonly store: Pick<SyncStore, 'lastBatch' | 'apart' | 'setApart' | 'transaction'>
  readonly link: Pick<CentreLink, 'standing' | 'copy'>
  /** As enrolled. */
  readonly terminal: string
}

export interface Restored {
  /** Of the facts that are here again, in their order. */
  readonly kinds: readonly Fact['kind'][]
  /** Number of the last fact before them. */
  readonly after: number
}

export type RestoreStop =
  | { readonly kind: 'link'; readonly failure: LinkFailure }
  /** The ledger has gone on by itself, or is another one: what both have is not the same. */
  | { readonly kind: 'histories-differ'; readonly batch: number }
  /** What the centre gives out as this terminal's batch is none. */
  | { readonly kind: 'batch-not-ours'; readonly batch: number; readonly wrong: 'signature' | 'bytes' | 'place' }
  | RestoreRefusal

/** How far the two are apart is written down before it and behind it: what breaks off half way is still an older copy. */
export async function restoreLedger(ports: RestorePorts): Promise<Result<Restored, RestoreStop>> {
  const { ledger, store, link } = ports
  const head = ledger.head()
  if (!head.ok) return head
  const after = head.value.sequence
  const standing = await link.standing()
  if (!standing.ok) return refuse({ kind: 'link', failure: standing.error })
  const { batch: last } = standing.value
  const first = placeBehind(store.lastBatch())
  if (first.number > last) return ok({ kinds: [], after })
  const begun = store.apart() === undefined ? keepApart(store, { kind: 'facts-missing', batch: last }) : ok(null)
  if (!begun.ok) return begun
  const fetched = await fetchLost(ports, first, last)
  const kept = fetched.ok ? keepApart(store, { kind: 'batches-missing', batch: last }) : keepParted(store, fetched.error)
  if (!kept.ok) return kept
  return fetched.ok ? ok({ kinds: fetched.value, after }) : fetched
}

const keepParted = (store: RestorePorts['store'], stop: RestoreStop): Result<null, StoreFailure> =>
  stop.kind === 'histories-differ' ? keepApart(store, { kind: 'parted', batch: stop.batch }) : ok(null)

async function fetchLost(ports: RestorePorts, first: Place, last: number): Promise<Result<readonly Fact['kind'][], RestoreStop>> {
  const { ledger, link } = ports
  const kinds: Fact['kind'][] = []
  let place = first
  while (place.number <= last) {
    const copy = await link.copy(place.number)
    if (!copy.ok) return refuse({ kind: 'link', failure: copy.error })
    const batch = provedBatch(copy.value, place, ports)
    if (!batch.ok) return batch
    const written = writeLost(ledger, batch.value)
    if (!written.ok) return written
    kinds.push(...written.value)
    place = placeBehind({ ...batch.value.head, hash: copy.value.hash })
  }
  return ok(kinds)
}

/** Where a batch stands that follows another. */
interface Place {
  readonly number: number
  readonly previous: string
  readonly first: number
}

const placeBehind = (last: { readonly number: number; readonly hash: string; readonly first: number; readonly count: number } | undefined): Place => ({
  number: (last?.number ?? 0) + 1,
  previous: last?.hash ?? NO_BATCH,
  first: endOf(last) + 1
})

function provedBatch(copy: BatchCopy, place: Place, { isOwn, decompress, terminal }: RestorePorts): Result<Batch, RestoreStop> {
  const notOurs = (wrong: 'signature' | 'bytes' | 'place') => refuse<RestoreStop>({ kind: 'batch-not-ours', batch: place.number, wrong })
  if (!isOwn(copy)) return notOurs('signature')
  const bytes = decompress(copy.body)
  if (bytes === undefined || batchHash(bytes) !== copy.hash) return notOurs('bytes')
  const batch = decodeBatch(bytes)
  if (!batch.ok) return notOurs('bytes')
  const { head } = batch.value
  const isThere = head.terminal === terminal && head.number === place.number && head.previous === place.previous && head.first === place.first
  return isThere ? batch : notOurs('place')
}

/** Those that are not here. */
function writeLost(ledger: RestorePorts['ledger'], { head: { number, first, count }, entries }: Batch): Result<readonly Fact['kind'][], RestoreStop> {
  const here = ledger.links(first - 1, count)
  if (!here.ok) return here
  const differs = here.value.some(({ hash }, index) => hexOf(hash) !== entries[index]?.hash)
  if (differs) return refuse({ kind: 'histories-differ', batch: number })
  const lost = entries.slice(here.value.length)
  const restored = ledger.restore(lost.map(({ sequence, hash, content }) => ({ sequence, hash: new Uint8Array(Buffer.from(hash, 'hex')), content })))
  if (restored.ok) return ok(lost.map(({ fact }) => fact.kind))
  // What is here does not lead to what the centre has.
  return restored.error.kind === 'does-not-follow' ? refuse({ kind: 'histories-differ', batch: number }) : restored
}
