/** The ledger of a command that writes facts. One that was put back from an older copy gets none: they could never be joined to what the centre has. */

import type { Result } from '../../base/result.ts'
import { openLedger, type SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { lostBatches, olderLedger } from '../../settlement/sync/apart.ts'
import { refused, type Failure } from './failure.ts'
import { ledgerFailure } from './refusal-failure.ts'

export function openWritableLedger(path: string, { create }: { readonly create: boolean }): Result<SqliteLedger, Failure> {
  const ledger = openLedger({ path, create })
  if (!ledger.ok) return ledgerFailure(ledger.error)
  const batches = lostBatches(olderLedger(ledger.value.sync))
  if (batches === undefined) return ledger
  ledger.value.close()
  return refused(
    'ledger-older',
    `ledger ${path}: put back from an older copy, and the centre has records that are not here (batches: ${batches}); nothing is written to it until they are fetched: caresettle ledger restore ` +
      `(账簿是由旧备份恢复的，医保中心比它多${batches}批；请先用 caresettle ledger restore 取回)`
  )
}
