/** An older ledger's lost facts from its own centre, over HTTP and proved by this terminal's key. */

import type { Result } from '../../../base/result.ts'
import type { SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { restoreLedger, type Restored, type RestoreStop } from '../../../settlement/sync/restore-ledger.ts'
import { centreLink, ownBatch, signedAsking, type CentreAccess } from './centre-link.ts'
import { decompressZstd } from './compress.ts'

export function restoreFromCentre(ledger: SqliteLedger, access: CentreAccess): Promise<Result<Restored, RestoreStop>> {
  const link = centreLink(signedAsking(access))
  return restoreLedger({ ledger, store: ledger.sync, link, isOwn: ownBatch(access), decompress: decompressZstd, terminal: access.terminal })
}
