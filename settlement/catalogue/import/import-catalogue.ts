/**
 * Files of the documented shapes into a catalogue. It is whole or nothing for a file that cannot be read, and row by row for
 * what can: a broken row is named, skipped and counted. Takes bytes, touches no file.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CatalogueItem } from '../item-schema.ts'
import { Gathered, type FileReport } from './gathered.ts'
import type { ImportProblem, ImportRefusal } from './import-problem.ts'
import { ITEMS_MAX } from './limits.ts'
import { mergeItems } from './merge.ts'
import { readFile } from './read-file.ts'
import { unpack, type ImportFile } from './unpack.ts'

export interface ImportRequest {
  readonly files: readonly ImportFile[]
  /** Default: the greatest that the files name. */
  readonly version?: string | undefined
  /** Six digits; rows of other divisions are passed over. Default: every row counts. */
  readonly division?: string | undefined
}

export interface ImportedCatalogue {
  readonly version: string
  /** Rows, each with its period; those of one code stand together. */
  readonly items: readonly CatalogueItem[]
  readonly codes: number
  readonly files: readonly Readonly<FileReport>[]
  readonly broken: number
  /** The first of them. */
  readonly problems: readonly ImportProblem[]
}

export function importCatalogue({ files, version, division }: ImportRequest): Result<ImportedCatalogue, ImportRefusal> {
  const gathered = new Gathered()
  for (const file of files) {
    const texts = unpack(file)
    if (!texts.ok) return texts
    for (const text of texts.value) {
      const read = readFile(gathered, text, division)
      if (!read.ok) return read
    }
  }
  const items = mergeItems(gathered)
  const broken = gathered.problems.count
  if (items.length === 0) return refuse({ kind: 'no-item', broken })
  if (items.length > ITEMS_MAX) return refuse({ kind: 'too-many', what: 'items', max: ITEMS_MAX })
  const name = version ?? gathered.version
  if (name === '') return refuse({ kind: 'version-missing' })
  const codes = new Set(items.map(({ med_list_codg }) => med_list_codg)).size
  return ok({ version: name, items, codes, files: gathered.files, broken, problems: gathered.problems.kept })
}
