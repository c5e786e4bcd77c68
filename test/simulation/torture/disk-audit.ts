/**
 * What is left on the disk, looked at by the auditor of the simulation, who shares no code with what he audits: after each kill
 * the ledgers of all tills, the card that lay in the dead till's reader, and the centre; at the end every card.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditFolders, centreOpening } from '../auditor/audit-folders.ts'
import { openRows } from './centre-source.ts'
import type { ProvingGround } from './proving-ground.ts'
import type { Told } from './told.ts'
import type { Finding } from './torture-ports.ts'

export interface AuditScope {
  /** Who has died; undefined: everybody is at rest. */
  readonly after: string | undefined
  /** Names of the cards that nobody moves just now. */
  readonly cards: readonly string[]
  /** After the quiet period: every card was in every reader, everything was sent. */
  readonly isQuiet: boolean
}

export interface DiskAudit {
  look(scope: AuditScope): Promise<readonly Finding[]>
  /** The centre's tables as JSON beside the tills, for whoever looks into a finding: its database ends with the run. */
  keepCentre(): Promise<void>
  close(): Promise<void>
}

const TABLES = ['terminal', 'batch', 'settlement', 'unbooked', 'load', 'accumulator', 'card', 'reversal']

const asText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)

export async function openAudit(ground: ProvingGround, told: readonly Told[]): Promise<DiskAudit> {
  const source = await openRows(ground.db)
  const opening = await source.snapshot(centreOpening)
  const keys = issuerKeys(join(ground.folder, 'fixtures'))
  const pins = ground.cards.map(({ pin }) => pin)
  return {
    look: async ({ after, cards, isQuiet }) => {
      const view = {
        tills: ground.tills,
        cards: ground.cards.filter(({ id }) => cards.includes(id)).map(({ id, file, opening: before }) => ({ name: id, image: new Uint8Array(readFileSync(file)), opening: before })),
        opening,
        // What is told while it is looked may come after a ledger was read.
        told: [...told],
        secrets: isQuiet ? { pins, keys } : { pins: [], keys: [] },
        isQuiet
      }
      const failures = await source.snapshot((centre) => auditFolders({ ...view, centre }))
      return failures.map(({ message }) => ({ where: after === undefined ? 'audit at the end' : `audit after ${after} was killed`, what: message }))
    },
    keepCentre: () => source.snapshot(async (centre) => {
      const tables: (readonly [string, unknown])[] = []
      for (const table of TABLES) tables.push([table, await centre.rows(`select * from ${table}`)])
      writeFileSync(join(ground.folder, 'centre.json'), JSON.stringify(Object.fromEntries(tables), asText, 1))
    }),
    close: () => source.close()
  }
}

function issuerKeys(fixtures: string): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const { keys } = JSON.parse(readFileSync(join(fixtures, 'keys', 'test-issuer.json'), 'utf8')) as { readonly keys: Readonly<Record<string, string>> }
  return Object.entries(keys).map(([name, hex]) => ({ name, bytes: new Uint8Array(Buffer.from(hex, 'hex')) }))
}
