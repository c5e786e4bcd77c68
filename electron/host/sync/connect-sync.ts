/** Sync over HTTP for an enrolled terminal: the drivers that settlement/sync asks for, put together. */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { ok, type Result } from '../../../base/result.ts'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import type { BatchLimits } from '../../../settlement/sync/batch-maker.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { enrolledAs } from '../../../settlement/sync/apart.ts'
import type { CentreLink } from '../../../settlement/sync/link.ts'
import type { Breath, Compress, SyncClock, SyncEntropy } from '../../../settlement/sync/ports.ts'
import type { Proof } from '../../../settlement/sync/restore-ledger.ts'
import { Sync } from '../../../settlement/sync/sync.ts'
import type { SyncStore } from '../../../settlement/sync/sync-store.ts'
import type { FaultPoint } from '../fault-point.ts'
import type { CentreFile, CentrePaths } from './centre-files.ts'
import { centreLink, ownBatch, signedAsking, type AskSigned } from './centre-link.ts'
import { compressZstd, decompressZstd } from './compress.ts'
import type { AskHttp } from './http-request.ts'
import type { Stopper } from './stopper.ts'
import { readTerminalKey, type KeyRefusal } from './terminal-key.ts'

export interface ConnectPorts {
  readonly paths: CentrePaths
  readonly ledger: Ledger & { readonly sync: SyncStore }
  readonly clock: SyncClock
  readonly entropy: SyncEntropy
  readonly faultPoint: FaultPoint
  readonly stopper: Stopper
  readonly limits?: BatchLimits | undefined
  /** Default: this computer's. */
  readonly askHttp?: AskHttp
  readonly compress?: Compress
  readonly breath?: Breath
}

export interface Connected {
  readonly sync: Sync
  /** For whatever else this terminal asks its centre: loads, totals. */
  readonly ask: AskSigned
  readonly proof: Proof
}

export function connectSync(ports: ConnectPorts, centre: CentreFile): Result<Connected, KeyRefusal | StoreFailure> {
  const { paths, ledger, clock, entropy, faultPoint, stopper, limits, askHttp, compress = compressZstd, breath = nextTurn } = ports
  const key = readTerminalKey(paths.key)
  if (!key.ok) return key
  const { url, terminal, certificate } = centre
  const enrolled = enrolledAs(ledger.sync, terminal)
  if (!enrolled.ok) return enrolled
  const ask = signedAsking({ url, terminal, key: key.value, clock, certificate, signal: stopper.signal, askHttp })
  const sync = new Sync({
    ledger,
    store: ledger.sync,
    link: guarded(centreLink(ask), stopper),
    clock,
    entropy,
    compress: (bytes) => stopper.guard(compress(bytes)),
    reached: faultPoint,
    breath: () => stopper.guard(breath()),
    terminal,
    ...(limits === undefined ? {} : { limits })
  })
  return ok({ sync, ask, proof: { isOwn: ownBatch({ url, terminal, key: key.value }), decompress: decompressZstd } })
}

const guarded = (link: CentreLink, stopper: Stopper): CentreLink => ({
  standing: () => stopper.guard(link.standing()),
  kept: (number) => stopper.guard(link.kept(number)),
  copy: (number) => stopper.guard(link.copy(number)),
  upload: (batch, sent) => stopper.guard(link.upload(batch, sent)),
  retry: (sequence) => stopper.guard(link.retry(sequence)),
  unbooked: (after) => stopper.guard(link.unbooked(after)),
  heldSerial: (sequence) => stopper.guard(link.heldSerial(sequence)),
  download: (kind, etag) => stopper.guard(link.download(kind, etag))
})
