/** What is left on the disk, looked at by an auditor after each kill and at the end. */

import { join } from 'node:path'
import { verifyLedger } from '../../../settlement/verifier/verify-ledger.ts'
import type { ProvingGround } from './proving-ground.ts'
import type { Told } from './told.ts'
import type { Finding } from './torture-ports.ts'

export interface AuditScope {
  /** Names of the tills whose host is dead just now; the others write while they are read. */
  readonly dead: readonly string[]
  /** After the quiet period: every card was in every reader, everything was sent. */
  readonly isQuiet: boolean
}

export type DiskAudit = (scope: AuditScope) => Promise<readonly Finding[]>

export async function openAudit(ground: ProvingGround, _told: readonly Told[]): Promise<DiskAudit> {
  return ({ dead }) => {
    const findings = ground.tills
      .filter(({ name }) => dead.includes(name))
      .flatMap(({ name, folder }) => {
        const verified = verifyLedger(join(folder, 'ledger.db'))
        if (!verified.ok) return verified.error.kind === 'ledger-missing' ? [] : [{ where: name, what: JSON.stringify(verified.error) }]
        return verified.value.findings.map((finding) => ({ where: name, what: JSON.stringify(finding) }))
      })
    return Promise.resolve(findings)
  }
}
