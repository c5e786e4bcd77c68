/** The centre that a ledger's till is enrolled with, for loads: the two files beside the ledger say which, and as whom. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { LoadSigner } from '../../../settlement/case/load-signer.ts'
import type { SyncClock } from '../../../settlement/sync/ports.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { centrePathsOf, readCentreFile } from '../sync/centre-files.ts'
import { signedAsking } from '../sync/centre-link.ts'
import { readTerminalKey, type KeyRefusal } from '../sync/terminal-key.ts'
import { loadSigner } from './load-link.ts'

export type LedgerSignerRefusal = { readonly kind: 'file'; readonly problem: FileProblem } | KeyRefusal

/** Without the files the signer says that no centre is connected. */
export function ledgerSigner(ledger: string, clock: SyncClock): Result<LoadSigner, LedgerSignerRefusal> {
  const paths = centrePathsOf(ledger)
  const centre = readCentreFile(paths)
  if (!centre.ok) return refuse({ kind: 'file', problem: centre.error })
  if (centre.value === undefined) return ok(loadSigner(() => undefined))
  const key = readTerminalKey(paths.key)
  if (!key.ok) return key
  const { url, terminal, certificate } = centre.value
  const ask = signedAsking({ url, terminal, key: key.value, clock, certificate })
  return ok(loadSigner(() => ({ terminal, ask })))
}
