import { basename } from 'node:path'
import { ok, type Result } from '../../../base/result.ts'
import { importCatalogue, type ImportedCatalogue } from '../../../settlement/catalogue/import/import-catalogue.ts'
import { describeImportProblem, describeImportRefusal } from '../../../settlement/catalogue/import/import-problem.ts'
import { FILE_BYTES_MAX } from '../../../settlement/catalogue/import/limits.ts'
import type { ImportFile } from '../../../settlement/catalogue/import/unpack.ts'
import type { CatalogueStore } from '../../../settlement/catalogue/sqlite/catalogue-store.ts'
import { readWhole } from '../../host/files/read-file.ts'
import { dataFolder, storeFailure, versionJson, versionLine, withStore } from '../catalogue-place.ts'
import type { Command, CommandInput } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, type Failure, type Outcome } from '../failure.ts'
import type { Terminal } from '../terminal.ts'

const SYNOPSIS = '--data DIR FILE... [--version NAME] [--division NNNNNN] [--inactive] [--strict]'
/** Lines of broken rows that are shown; --json has more of them. */
const SHOWN_MAX = 20

export const catalogueImportCommand: Command = {
  name: 'catalogue import',
  synopsis: SYNOPSIS,
  summary: 'files of 1301, 1312, 1316 to 1319, prices or a document into a data folder, and active; broken rows are named, skipped and counted (导入目录)',
  options: { data: { type: 'string' }, version: { type: 'string' }, division: { type: 'string' }, inactive: { type: 'boolean' }, strict: { type: 'boolean' } },
  positionals: ['FILE...'],
  run: async (input, terminal) => {
    const data = dataFolder(input, `catalogue import ${SYNOPSIS}`)
    if (!data.ok) return data
    const imported = readCatalogues(input)
    if (!imported.ok) return imported
    const { broken, problems } = imported.value
    if (input.flag('strict') && broken > 0) {
      return badInput('broken-rows', [`${broken} rows are broken, and nothing was installed`, ...problems.slice(0, SHOWN_MAX).map(describeImportProblem)].join('; '), { broken, problems })
    }
    return withStore(data.value, { create: true }, (store) => install(store, imported.value, input, terminal))
  }
}

function readCatalogues(input: CommandInput): Result<ImportedCatalogue, Failure> {
  const division = input.text('division')
  if (division !== undefined && !/^\d{6}$/.test(division)) return badInput('bad-option', `--division: "${division}" must be 6 digits`)
  const version = input.text('version')
  if (version !== undefined && !/^[^\p{Cc}]{1,100}$/u.test(version)) return badInput('bad-option', '--version: must be 1 to 100 characters')
  const files: ImportFile[] = []
  for (const path of input.positionals) {
    const bytes = asBadInput(readWhole(path, 'catalogue', FILE_BYTES_MAX))
    if (!bytes.ok) return bytes
    files.push({ name: basename(path), bytes: bytes.value })
  }
  const imported = importCatalogue({ files, version, division })
  return imported.ok ? imported : badInput(imported.error.kind, `catalogue: ${describeImportRefusal(imported.error)}`, { ...imported.error })
}

async function install(store: CatalogueStore, imported: ImportedCatalogue, input: CommandInput, { clock }: Terminal): Promise<Outcome> {
  const source = input.positionals.map((path) => basename(path)).join(', ')
  const at = clock().cardTime.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6')
  const installed = await store.install({ version: imported.version, source, at, items: imported.items, activate: !input.flag('inactive') })
  if (!installed.ok) return storeFailure(installed.error)
  const { version, isNew, removed } = installed.value
  const { broken, problems, files } = imported
  return ok({
    text: [
      ...files.map(({ name, shape, rows, taken, isVoid, otherDivision, broken: bad }) => `${name} (${shape}): ${rows} rows: ${taken} taken, ${isVoid} void, ${otherDivision} of other divisions, ${bad} broken`),
      ...problems.slice(0, SHOWN_MAX).map((problem) => `  ${describeImportProblem(problem)}`),
      ...(broken > SHOWN_MAX ? [`  ... ${broken - SHOWN_MAX} more broken rows`] : []),
      `${isNew ? 'installed' : 'was installed already'} 已安装, ${broken} broken rows skipped 跳过错误行`,
      versionLine(version),
      ...removed.map((name) => `removed the old version ${name}`)
    ].join('\n'),
    json: {
      ...versionJson(version),
      is_new: isNew,
      removed,
      broken,
      files: files.map(({ name, shape, rows, taken, isVoid, otherDivision, broken: bad }) => ({ name, shape, rows, taken, void: isVoid, other_division: otherDivision, broken: bad })),
      problems
    }
  })
}
