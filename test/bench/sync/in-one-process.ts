/** The limit: everything that till and centre do with a batch, in one process and with no network between. */

import { cardAuthority } from '../../../electron/centre/card-authority.ts'
import { systemCentreClock } from '../../../electron/centre/centre-clock.ts'
import { readIssuer } from '../../../electron/host/files/delivered.ts'
import { FRAMES_VERSION, NO_BATCH } from '../../../settlement/batch/batch.ts'
import { decodeBatch } from '../../../settlement/batch/decode-batch.ts'
import { batchHash } from '../../../settlement/batch/encode-batch.ts'
import { CompiledPolicies } from '../../../settlement/centre/intake/policies.ts'
import { noStep } from '../../../settlement/centre/intake/steps.ts'
import { takeBatch } from '../../../settlement/centre/intake/take-batch.ts'
import { openLedgerForReading } from '../../../settlement/store/sqlite/open-ledger.ts'
import { hexOf } from '../../../settlement/sync/batch-maker.ts'
import { encodeBatch } from '../../support/encode-batch.ts'
import { must } from '../commit-settlement.ts'
import { makeCentre, opened, TERMINAL } from './offline-day.ts'
import type { Run } from './two-processes.ts'

export interface Limit {
  readonly till: string
  readonly url: string
  readonly publicKey: string
  readonly facts: number
  /** Settlements before those that are counted. */
  readonly warm: number
  readonly count: number
}

export async function inOneProcess({ till, url, publicKey, facts, warm, count }: Limit): Promise<Run> {
  await makeCentre(url, publicKey)
  const database = await opened(url)
  const ledger = must(openLedgerForReading(till))
  const issuer = must(readIssuer(new URL('../../../fixtures', import.meta.url).pathname))
  const ports = { database, authority: cardAuthority(issuer), clock: systemCentreClock, policies: new CompiledPolicies(), reached: noStep }
  let begin = 0
  let previous = NO_BATCH
  let before = NO_BATCH
  for (let first = 1, number = 1; first <= 2 * (warm + count); first += facts, number += 1) {
    if (begin === 0 && first > 2 * warm) begin = performance.now()
    const links = must(ledger.links(first - 1, facts))
    const end = hexOf(links.at(-1)?.hash ?? new Uint8Array())
    const madeAt = systemCentreClock().time
    const head = { version: FRAMES_VERSION, terminal: TERMINAL, number, previous, first, count: links.length, madeAt, chain: [before, end] } as const
    const bytes = encodeBatch(head, links.map(({ content }) => content))
    const batch = must(decodeBatch(bytes))
    previous = batchHash(bytes)
    before = end
    must(await takeBatch(ports, { terminal: TERMINAL, batch, body: bytes, hash: previous, signature: '', time: madeAt }))
  }
  const ms = performance.now() - begin
  ledger.close()
  await database.close()
  return { perSecond: (count * 1000) / ms, clientUs: 0, centreUs: (ms * 1000) / count, bytes: 0 }
}
