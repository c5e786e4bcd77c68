import { basename } from 'node:path'
import { ok, type Result } from '../../../base/result.ts'
import { acceptable, readFiles, type ImportRequest, type ReadFiles } from '../../../settlement/catalogue/import/import-catalogue.ts'
import { describeImportProblem, describeImportRefusal, type ImportRefusal } from '../../../settlement/catalogue/import/import-problem.ts'
import { FILE_BYTES_MAX } from '../../../settlement/catalogue/import/limits.ts'
import type { ImportFile } from '../../../settlement/catalogue/import/unpack.ts'
import type { CatalogueStore, Installed, InstalledVersion } from '../../../settlement/catalogue/sqlite/catalogue-store.ts'
import type { Written } from '../../../settlement/catalogue/sqlite/install.ts'
import { StagedRows } from '../../../settlement/catalogue/sqlite/staged-rows.ts'
import { readWhole } from '../../host/files/read-file.ts'
import { dataFolder, storeFailure, versionJson, versionLine, withStore } from '../catalogue-place.ts'
import type { Command, CommandInput } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, type Failure, type Outcome } from '../failure.ts'
import type { Terminal } from '../terminal.ts'

const SYNOPSIS = '--data DIR FILE... [--version NAME] [--division NNNNNN] [--inactive] [--strict] [--allow-smaller]'
/** Lines of broken rows that are shown; --json has more of them. */
const SHOWN_MAX = 20

export const catalogueImportCommand: Command = {
  name: 'catalogue import',
  synopsis: SYNOPSIS,
  summary:
    'files of 1301 to 1306, 1312, 1316 to 1319, prices or a document into a data folder, and active; broken and repeated rows are named, skipped and counted, and the exit code is 0 all the same: --strict installs nothing then, exit code 2. A file that is empty or cut short, or a catalogue of less than half the items of the active one (without --allow-smaller), installs nothing, exit code 2 (导入目录)',
  options: { data: { type: 'string' }, version: { type: 'string' }, division: { type: 'string' }, inactive: { type: 'boolean' }, strict: { type: 'boolean' }, 'allow-smaller': { type: 'boolean' } },
  positionals: ['FILE...'],
  run: async (input, terminal) => {
    const data = dataFolder(input, `catalogue import ${SYNOPSIS}`)
    if (!data.ok) return data
    const request = requestOf(input)
    if (!request.ok) return request
    const rows = new StagedRows()
    try {
      const read = readFiles(filesOf(input.positionals), rows, request.value)
      if (!read.ok) return isFailure(read.error) ? { ok: false, error: read.error } : refused(read.error)
      return await withStore(data.value, { create: true }, (store) => install(store, read.value, input, terminal))
    } finally {
      rows.close()
    }
  }
}

function requestOf(input: CommandInput): Result<Omit<ImportRequest, 'files'>, Failure> {
  const division = input.text('division')
  if (division !== undefined && !/^\d{6}$/.test(division)) return badInput('bad-option', `--division: "${division}" must be 6 digits`)
  const version = input.text('version')
  if (version !== undefined && !/^[^\p{Cc}]{1,100}$/u.test(version)) return badInput('bad-option', '--version: must be 1 to 100 characters')
  return ok({ version, division })
}

/** One at a time: the one before is no longer needed. */
function* filesOf(paths: readonly string[]): Generator<Result<ImportFile, Failure>> {
  for (const path of paths) {
    const bytes = asBadInput(readWhole(path, 'catalogue', FILE_BYTES_MAX))
    yield bytes.ok ? ok({ name: basename(path), bytes: bytes.value }) : bytes
  }
}

const refused = (refusal: ImportRefusal) => badInput(refusal.kind, `catalogue: ${describeImportRefusal(refusal)}`, { ...refusal })

const isFailure = (refusal: { readonly kind: string } | Failure): refusal is Failure => 'exitCode' in refusal

async function install(store: CatalogueStore, { version, gathered, items }: ReadFiles, input: CommandInput, { clock }: Terminal): Promise<Outcome> {
  const source = input.positionals.map((path) => basename(path)).join(', ')
  const at = clock().cardTime.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6')
  const activate = !input.flag('inactive')
  const installed = await store.installRows<Failure>({ version, source, at, activate, items: items(), accept: (written, active) => accept(written, active, { gathered, input }) })
  if (installed.ok) return said(installed.value, gathered)
  return isFailure(installed.error) ? { ok: false, error: installed.error } : storeFailure(installed.error)
}

type Read = Pick<ReadFiles, 'gathered'> & { readonly input: CommandInput }

/** What is refused when all of it is known; the version that is active stays so. */
function accept({ rows, codes }: Written, active: InstalledVersion | undefined, { gathered, input }: Read): Result<null, Failure> {
  const { count: broken, kept: problems } = gathered.problems
  const counted = acceptable(rows, broken)
  if (!counted.ok) return refused(counted.error)
  if (input.flag('strict') && broken > 0) {
    return badInput('broken-rows', [`${broken} rows are broken, and nothing was installed`, ...problems.slice(0, SHOWN_MAX).map(describeImportProblem)].join('; '), { broken, problems })
  }
  if (active === undefined || input.flag('inactive') || input.flag('allow-smaller') || codes * 2 >= active.codes) return counted
  const rule = `${codes} items are less than half of the ${active.codes} of the active version ${active.name}, and nothing was installed; --allow-smaller installs them all the same, --inactive installs them for a look`
  return badInput('much-smaller', rule, { codes, active: active.name, active_codes: active.codes })
}

function said({ version, isNew, removed, shared }: Installed, { files, problems: { count: broken, kept: problems } }: ReadFiles['gathered']): Outcome {
  return ok({
    text: [
      ...files.map(({ name, shape, rows, taken, isVoid, otherDivision, broken: bad }) => `${name} (${shape}): ${rows} rows: ${taken} taken, ${isVoid} void, ${otherDivision} of other divisions, ${bad} broken`),
      ...problems.slice(0, SHOWN_MAX).map((problem) => `  ${describeImportProblem(problem)}`),
      ...(broken > SHOWN_MAX ? [`  ... ${broken - SHOWN_MAX} more broken rows`] : []),
      ...sharedLines(shared),
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
      problems,
      shared
    }
  })
}

function sharedLines({ count, first }: Installed['shared']): readonly string[] {
  if (count === 0) return []
  const lines = first.map(({ field, number, codes }) => `  ${field} ${number}: ${codes.join(', ')}`)
  const more = count > first.length ? [`  ... ${count - first.length} more`] : []
  return [`${count} numbers stand on several items; whoever scans one is asked which is meant 一码多品`, ...lines, ...more]
}
