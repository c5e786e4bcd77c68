/**
 * The two files that make a till one of a centre's: `centre.json` says which centre and as whom, the key proves it. In a data
 * folder they stand beside the ledger; for a ledger alone they carry its name.
 */

import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { ok, type Result } from '../../../base/result.ts'
import { divisionField, institutionCodeField, textField } from '../../../settlement/wire/fields.ts'
import { checkDocument, type InputProblem } from '../../../settlement/wire/input-problem.ts'
import { readDocument } from '../files/document.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { diskSteps, writeWhole, type FileSteps } from '../files/file-steps.ts'

export interface CentrePaths {
  readonly centre: string
  readonly key: string
}

export const centrePathsIn = (data: string): CentrePaths => ({ centre: join(data, 'centre.json'), key: join(data, 'terminal-key.pem') })

/** Whoever names the ledger of a data folder works as the till of that folder, which the centre knows. */
export function centrePathsOf(ledger: string): CentrePaths {
  const alone = { centre: `${ledger}.centre.json`, key: `${ledger}.key` }
  const inFolder = centrePathsIn(dirname(ledger))
  return basename(ledger) === 'ledger.db' && !existsSync(alone.centre) && existsSync(inFolder.centre) ? inFolder : alone
}

const time = z.string().regex(/^\d{14}$/, 'must be a time of 14 digits YYYYMMDDhhmmss')

const centreSchema = z.strictObject({
  url: textField(200),
  terminal: z.string().regex(/^[A-Z]\d{11}-\d{2}$/, 'must be a terminal of a centre, such as "H99999900001-01"'),
  institution: z.strictObject({ code: institutionCodeField, name: textField(200) }),
  region: divisionField,
  /** What the centre calls itself. */
  name: textField(200),
  enrolled_at: time,
  /** A person said "go offline". */
  paused: z.boolean().default(false),
  /** PEM: who signs the centre's certificate, when it is nobody that the system knows. */
  certificate: z.string().max(100_000).optional()
})

export type CentreFile = z.output<typeof centreSchema>

export const parseCentreFile = (json: unknown): Result<CentreFile, InputProblem[]> => checkDocument(centreSchema, json)

/** undefined until this till is enrolled. */
export function readCentreFile({ centre }: CentrePaths): Result<CentreFile | undefined, FileProblem> {
  return existsSync(centre) ? readDocument(centre, 'centre', parseCentreFile) : ok(undefined)
}

export const writeCentreFile = ({ centre }: CentrePaths, file: CentreFile, files: FileSteps = diskSteps): void =>
  writeWhole(files, centre, `${JSON.stringify(file, undefined, 2)}\n`)
