/** The till's own PSAM, one a cipher: kept beside the ledger, made at first use from the test issuer's keys. */

import { existsSync, realpathSync } from 'node:fs'
import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { Entropy } from '../../card/ports.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import type { CardIdentity } from '../../card/session/identity.ts'
import { createChipFile } from './chip-file.ts'
import type { FaultPoint } from './fault-point.ts'
import { makePsam, type PsamAlgorithm } from './files/delivered.ts'
import type { FileProblem } from './files/file-problem.ts'
import { installPsamFile, type InstalledPsam, type PsamSlotRefusal } from './terminal-hardware.ts'

export interface LedgerPsam {
  readonly fixtures: string
  readonly ledger: string
  /** Where it stands instead of beside the ledger. */
  readonly asked?: string | undefined
  /** Division that a PSAM made here is installed in, 6 digits. */
  readonly region: string
  readonly algorithm: PsamAlgorithm
  readonly entropy: Entropy
  readonly faultPoint: FaultPoint
  readonly wrap?: (reader: CardReader) => CardReader
}

export type LedgerPsamRefusal =
  | { readonly kind: 'file'; readonly problem: FileProblem }
  | { readonly kind: 'slot'; readonly refusal: PsamSlotRefusal }

export async function installLedgerPsam(request: LedgerPsam): Promise<Result<InstalledPsam, LedgerPsamRefusal>> {
  const { fixtures, ledger, asked, region, algorithm, entropy, faultPoint, wrap } = request
  // By its real name: a ledger reached through a link is the same till, and a till has one PSAM.
  const path = asked ?? `${realpathSync(ledger)}.psam${algorithm === 'SM4' ? '-sm4' : ''}`
  if (asked === undefined && !existsSync(path)) {
    const image = makePsam(fixtures, region, algorithm)
    if (!image.ok) return refuse({ kind: 'file', problem: image.error })
    createChipFile(path, image.value)
  }
  const installed = await installPsamFile(path, entropy, faultPoint, wrap)
  return installed.ok ? ok(installed.value) : refuse({ kind: 'slot', refusal: installed.error })
}

/** SSF33 has no public definition; such a card is tried with the DES keys and proves itself or not. */
export function psamAlgorithmOf({ algorithm }: CardIdentity): PsamAlgorithm {
  switch (algorithm) {
    case 'SM4':
      return 'SM4'
    case 'DES':
    case 'SSF33':
      return 'DES'
    default:
      return never(algorithm)
  }
}
