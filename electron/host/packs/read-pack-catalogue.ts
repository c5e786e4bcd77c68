/** The catalogue members of a pack, read from the documented file shapes. Apart from what a counter needs: it never imports one. */

import { basename } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { codePrefixes } from '../../../settlement/catalogue/code-prefix.ts'
import { importCatalogue } from '../../../settlement/catalogue/import/import-catalogue.ts'
import { describeImportProblem, describeImportRefusal } from '../../../settlement/catalogue/import/import-problem.ts'
import type { CatalogueFile, ReadCatalogue } from '../../../settlement/pack/read-members.ts'

/** The name of a catalogue that names none itself: that of its pack is used where it is installed. */
const UNNAMED = 'pack'

export function readPackCatalogue(files: readonly CatalogueFile[]): Result<ReadCatalogue, string> {
  const imported = importCatalogue({ files: files.map(({ path, bytes }) => ({ name: basename(path), bytes })), version: UNNAMED })
  if (!imported.ok) return refuse(describeImportRefusal(imported.error))
  const { items, codes, broken, problems } = imported.value
  let prefixes: ((prefix: string) => boolean) | undefined
  return ok({
    items,
    codes,
    broken,
    problems: problems.map(describeImportProblem),
    knowsCode: (prefix) => {
      prefixes ??= codePrefixes(items.map(({ med_list_codg }) => med_list_codg))
      return prefixes(prefix)
    }
  })
}
