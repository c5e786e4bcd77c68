/** Whose counter this is, and which reader stands on it: `till.json` in the data folder, begun as the demonstration's. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ok, type Result } from '../../base/result.ts'
import { institutionCodeField, institutionKindField, levelField, textField } from '../../settlement/wire/fields.ts'
import { checkDocument, type InputProblem } from '../../settlement/wire/input-problem.ts'
import { readerChoice, SIMULATED, type ReaderChoice } from '../contract/reader-choice.ts'
import { badDocument, readDocument } from './files/document.ts'
import { fileProblem, type FileProblem } from './files/file-problem.ts'
import { diskSteps, writeWhole, type FileSteps } from './files/file-steps.ts'
import { readJsonFile } from './files/read-file.ts'

const tillSchema = z.strictObject({
  institution: z.strictObject({
    fixmedins_code: institutionCodeField,
    fixmedins_name: textField(200),
    level: levelField.optional(),
    kind: institutionKindField.default('hospital'),
    is_pooling: z.boolean().default(false).describe('A pharmacy that takes part in outpatient pooling.'),
    is_dual_channel: z.boolean().default(false).describe('A dual-channel pharmacy.')
  }),
  /** What the window is called on statements and on the screen. */
  terminal_name: textField(40),
  /** The pad on the screen shows its digits in another order each time. */
  shuffle_pin: z.boolean().default(false),
  /** Folder that the hospital's system writes visits into. Default: `queue` in the data folder. */
  queue: textField(1000).optional(),
  /** Chosen in the window as well, which writes it here. */
  reader: readerChoice.default(SIMULATED)
})

export type TillFile = z.output<typeof tillSchema>

const OWNER_ONLY = 0o600

export const parseTill = (json: unknown): Result<TillFile, InputProblem[]> => checkDocument(tillSchema, json)

/** Begun from what the terminal is delivered with when the folder has none. */
export function readTill(data: string, fixtures: string, files: FileSteps = diskSteps): Result<TillFile, FileProblem> {
  const path = join(data, 'till.json')
  if (!existsSync(path)) writeWhole(files, path, readFileSync(join(fixtures, 'till', 'till.json')))
  return lookAtTill(data, fixtures)
}

/** The same for whoever changes nothing: a folder that has none is none the richer. */
export function lookAtTill(data: string, fixtures: string): Result<TillFile, FileProblem> {
  const path = join(data, 'till.json')
  return readDocument(existsSync(path) ? path : join(fixtures, 'till', 'till.json'), 'till', parseTill)
}

/** Every other member of the file stays as it is. */
export function rememberReader(data: string, reader: ReaderChoice, files: FileSteps = diskSteps): Result<null, FileProblem> {
  const path = join(data, 'till.json')
  const json = readJsonFile(path, 'till')
  if (!json.ok) return json
  const till = parseTill(json.value)
  if (!till.ok) return badDocument(path, 'till', till.error)
  try {
    writeWhole(files, path, `${JSON.stringify({ ...(json.value as object), reader }, null, 2)}\n`, OWNER_ONLY)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    return fileProblem('till-not-writable', `till ${path}: cannot be written: ${cause.message}`)
  }
  return ok(null)
}
