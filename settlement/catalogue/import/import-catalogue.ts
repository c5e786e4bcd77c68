/**
 * Files of the documented shapes into a catalogue. It is whole or nothing for a file that cannot be read, and row by row for
 * what can: a broken row is named, skipped and counted. Takes bytes, touches no file.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CatalogueItem } from '../item-schema.ts'
import { Gathered, type FileReport } from './gathered.ts'
import type { ImportProblem, ImportRefusal } from './import-problem.ts'
import { ITEMS_MAX } from './limits.ts'
import { MemoryRows } from './memory-rows.ts'
import { mergeItems } from './merge.ts'
import { readFile } from './read-file.ts'
import type { RowStore } from './rows.ts'
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
  /** Rows, each with its period; by code and first day. */
  readonly items: readonly CatalogueItem[]
  readonly codes: number
  readonly files: readonly Readonly<FileReport>[]
  readonly broken: number
  /** The first of them. */
  readonly problems: readonly ImportProblem[]
}

/** Files that were read, their rows in `store`: what is broken is fully known when `items` has been read to its end. */
export interface ReadFiles {
  readonly version: string
  readonly gathered: Gathered
  readonly items: () => Generator<CatalogueItem>
}

/** `files` one after the other: none needs to be there before it is asked for. */
export function readFiles<Refusal>(
  files: Iterable<Result<ImportFile, Refusal>>,
  store: RowStore,
  { version, division }: Omit<ImportRequest, 'files'>
): Result<ReadFiles, ImportRefusal | Refusal> {
  const gathered = new Gathered(store)
  for (const file of files) {
    const texts = file.ok ? unpack(file.value) : file
    if (!texts.ok) return texts
    for (const text of texts.value) {
      const read = readFile(gathered, text, division)
      if (!read.ok) return read
    }
  }
  const name = version ?? gathered.version
  return name === '' && gathered.rows > 0 ? refuse({ kind: 'version-missing' }) : ok({ version: name, gathered, items: () => mergeItems(gathered) })
}

/** All of it in memory: for a pack, not for a nation's catalogue. */
export function importCatalogue({ files, ...request }: ImportRequest): Result<ImportedCatalogue, ImportRefusal> {
  const read = readFiles<never>(files.map((file) => ok(file)), new MemoryRows(), request)
  if (!read.ok) return read
  const { version, gathered } = read.value
  const items = [...read.value.items()].map(withoutGaps)
  const { count: broken, kept } = gathered.problems
  const counted = acceptable(items.length, broken)
  if (!counted.ok) return counted
  const codes = new Set(items.map(({ med_list_codg }) => med_list_codg)).size
  return ok({ version, items, codes, files: gathered.files, broken, problems: kept })
}

export function acceptable(rows: number, broken: number): Result<null, ImportRefusal> {
  if (rows === 0) return refuse({ kind: 'no-item', broken })
  return rows > ITEMS_MAX ? refuse({ kind: 'too-many', what: 'items', max: ITEMS_MAX }) : ok(null)
}

/** An item as a document would state it: no field without a value. */
function withoutGaps(item: CatalogueItem): CatalogueItem {
  const kept: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(item)) if (value !== undefined) kept[field] = value
  return kept as CatalogueItem
}
