/**
 * `packs/active.json`: which versions of which packs are installed, and by whose key each was taken. It alone says what is
 * used: a pack file that it does not name is not there.
 *
 *   packs/active.json            replaced as a whole
 *   packs/999999-test/2026.1.pack
 *   packs/999999-test/2026.2.pack
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ok, type Result } from '../../../base/result.ts'
import { packIdField, packVersionField } from '../../../settlement/pack/manifest.ts'
import { dateField, textField } from '../../../settlement/wire/fields.ts'
import { checkDocument } from '../../../settlement/wire/input-problem.ts'
import { readDocument } from '../files/document.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { writeWhole, type FileSteps } from '../files/file-steps.ts'

const PACKS_MAX = 200
/** Of one pack: enough for the days of service that anybody still settles. The oldest one goes. */
export const VERSIONS_KEPT_MAX = 24

const versionSchema = z.strictObject({
  version: packVersionField,
  effective: dateField,
  issued: dateField,
  publisher: textField(80),
  key: z.strictObject({ id: z.string().regex(/^[0-9a-f]{16}$/), publisher: textField(80), public_key: z.base64().max(400) }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).describe('Of the pack file.'),
  catalogue: z.boolean().describe('Brings a catalogue.'),
  installed_on: dateField
})

const activeSchema = z.strictObject({
  format: z.literal('caresettle-packs-1'),
  packs: z
    .array(z.strictObject({ id: packIdField, versions: z.array(versionSchema).min(1).max(VERSIONS_KEPT_MAX) }))
    .max(PACKS_MAX)
})

export type InstalledVersion = z.output<typeof versionSchema>

/** Versions of each pack in the order in which they were installed: the last one has the last word. */
export type ActivePacks = ReadonlyMap<string, readonly InstalledVersion[]>

export const packsFolder = (data: string): string => join(data, 'packs')
export const activePath = (data: string): string => join(packsFolder(data), 'active.json')
export const packPath = (data: string, id: string, version: string): string => join(packsFolder(data), id, `${version}.pack`)

/** Nothing is installed where there is no file. */
export function readActive(data: string): Result<ActivePacks, FileProblem> {
  if (!existsSync(activePath(data))) return ok(new Map())
  const document = readDocument(activePath(data), 'packs', (json) => checkDocument(activeSchema, json))
  return document.ok ? ok(new Map(document.value.packs.map(({ id, versions }) => [id, versions]))) : document
}

export function writeActive(steps: FileSteps, data: string, active: ActivePacks): void {
  const packs = [...active].filter(([, versions]) => versions.length > 0).map(([id, versions]) => ({ id, versions: [...versions] }))
  const document = { format: 'caresettle-packs-1', packs } satisfies z.input<typeof activeSchema>
  writeWhole(steps, activePath(data), new TextEncoder().encode(`${JSON.stringify(document, undefined, 2)}\n`))
}
