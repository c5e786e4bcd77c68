/** The claim of a hold as it came: the short way, or the schema's, which says what is wrong. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { EntryRefusal } from '../../batch/batch.ts'
import { claimOf } from '../../batch/read-content.ts'
import { claimFromBytes, type ReadClaim } from '../../wire/claim-bytes.ts'
import { parseClaim } from '../../wire/parse-claim.ts'

export function readClaim(bytes: Uint8Array): Result<ReadClaim, EntryRefusal> {
  const plain = claimFromBytes(bytes)
  if (plain !== undefined) return ok(plain)
  const document = claimOf(bytes)
  if (document === undefined) return refuse({ kind: 'claim-malformed', field: 'claim', rule: 'must be there: an older ledger kept none' })
  const claim = parseClaim(document)
  if (claim.ok) return ok({ claim: claim.value, begntime: begntimeOf(document) })
  const [problem] = claim.error
  return refuse({ kind: 'claim-malformed', field: problem?.path ?? '', rule: problem?.rule ?? 'must be a claim' })
}

/** The claim was parsed: it is a day, or a day and a time. */
const begntimeOf = (document: unknown): string =>
  typeof document === 'object' && document !== null && 'begntime' in document ? String(document.begntime) : ''
