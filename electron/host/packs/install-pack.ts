/**
 * Installs a pack into a data folder, and takes the last version back. In this order, so that the program may end anywhere:
 *
 *   check everything -> pack file (draft, flush, rename, folder) -> active.json (draft, flush, rename, folder) -> tidy up
 *
 * Until active.json is renamed what was there is used as it was; from then on the new version is.
 */

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { checkPack, type Surroundings } from '../../../settlement/pack/check-pack.ts'
import type { PackDocuments } from '../../../settlement/pack/layers.ts'
import { compareVersions, sha256 } from '../../../settlement/pack/manifest.ts'
import { openPack, type Pack } from '../../../settlement/pack/open-pack.ts'
import { packProblem, type PackProblem } from '../../../settlement/pack/pack-problem.ts'
import type { TrustedKey } from '../../../settlement/pack/publisher-key.ts'
import { readMembers, type CatalogueReader, type PackMembers } from '../../../settlement/pack/read-members.ts'
import { codesNamed } from '../../../settlement/rules/codes-named.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { lockFile, type FileInUse } from '../file-lock.ts'
import { activePath, packPath, packsFolder, readActive, VERSIONS_KEPT_MAX, writeActive, type ActivePacks, type InstalledVersion } from './active-packs.ts'
import { writeWhole, type FileSteps } from '../files/file-steps.ts'
import { loadPacks, NO_PACKS } from './load-packs.ts'

export interface CheckRequest {
  readonly zip: Uint8Array
  readonly trusted: readonly TrustedKey[]
  readonly delivered: PackDocuments
  readonly readCatalogue: CatalogueReader
  /** Of the catalogue that is installed; undefined: none is. */
  readonly knowsCode: ((prefix: string) => boolean) | undefined
}

export interface CheckedPack {
  readonly pack: Pack
  readonly members: PackMembers
  /** Codes that its rules name and that nobody could look up, because there is no catalogue. */
  readonly codesUnchecked: number
}

/** `data`: undefined checks the pack beside what is delivered alone. */
export function checkBeside(data: string | undefined, { zip, trusted, delivered, readCatalogue, knowsCode }: CheckRequest): Result<CheckedPack, readonly PackProblem[]> {
  const pack = openPack(zip, trusted)
  if (!pack.ok) return pack
  const members = readMembers(pack.value, readCatalogue)
  if (!members.ok) return members
  const { manifest } = pack.value
  const { layers, unused } = data === undefined ? NO_PACKS : loadPacks(data)
  const others = layers.filter(({ id }) => id !== manifest.id)
  const around: Surroundings = { delivered, others, earlier: [...unused, ...layers.filter(({ id }) => id === manifest.id)], knowsCode }
  const problems = checkPack(manifest, members.value, around)
  if (problems.length > 0) return refuse(problems)
  const isChecked = knowsCode !== undefined || members.value.catalogue !== undefined
  const codesUnchecked = isChecked ? 0 : members.value.rules.reduce((count, { document }) => count + codesNamed(document).length, 0)
  return ok({ pack: pack.value, members: members.value, codesUnchecked })
}

export interface InstallRequest extends CheckRequest {
  readonly data: string
  readonly allowOlder: boolean
  /** Day. */
  readonly today: string
  readonly steps: FileSteps
  /** When the pack file is durable and before it is used: puts its catalogue where it is searched. The refusal is one line. */
  readonly beforeUse?: (checked: CheckedPack) => Promise<Result<void, string>>
}

export interface Installed extends CheckedPack {
  /** unchanged: this version is the one in use already. */
  readonly outcome: 'installed' | 'unchanged'
  /** Installed before it; undefined: none. */
  readonly before: string | undefined
}

export type InstallRefusal =
  | { readonly kind: 'refused'; readonly problems: readonly PackProblem[] }
  /** active.json cannot be read: nothing is changed until somebody has looked. */
  | { readonly kind: 'unreadable'; readonly problem: FileProblem }
  | { readonly kind: 'catalogue-not-installed'; readonly detail: string }
  | FileInUse

export async function installPack(request: InstallRequest): Promise<Result<Installed, InstallRefusal>> {
  const { data, steps } = request
  steps.makeFolder(packsFolder(data))
  return await whileLocked(data, async (): Promise<Result<Installed, InstallRefusal>> => {
    const active = readActive(data)
    if (!active.ok) return refuse({ kind: 'unreadable', problem: active.error })
    const checked = checkBeside(data, request)
    if (!checked.ok) return refuse({ kind: 'refused', problems: checked.error })
    const { manifest } = checked.value.pack
    const versions = active.value.get(manifest.id) ?? []
    const last = versions.at(-1)
    const sum = sha256(request.zip)
    const problem = versionProblem(manifest, versions, { sum, allowOlder: request.allowOlder })
    if (problem !== undefined) return refuse({ kind: 'refused', problems: [problem] })
    if (last?.version === manifest.version) return ok({ ...checked.value, outcome: 'unchanged', before: versions.at(-2)?.version })
    steps.makeFolder(join(packsFolder(data), manifest.id))
    steps.flushFolder(packsFolder(data))
    writeWhole(steps, packPath(data, manifest.id, manifest.version), request.zip)
    const prepared = await request.beforeUse?.(checked.value)
    if (prepared?.ok === false) return refuse({ kind: 'catalogue-not-installed', detail: prepared.error })
    const kept = [...versions.filter(({ version }) => version !== manifest.version), versionOf(checked.value, sum, request.today)].slice(-VERSIONS_KEPT_MAX)
    const next = new Map(active.value).set(manifest.id, kept)
    writeActive(steps, data, next)
    tidyUp(steps, data, manifest.id, next)
    return ok({ ...checked.value, outcome: 'installed', before: last?.version })
  })
}

function versionProblem(
  { id, version }: Pack['manifest'],
  versions: readonly InstalledVersion[],
  { sum, allowOlder }: { sum: string; allowOlder: boolean }
): PackProblem | undefined {
  const same = versions.find((installed) => compareVersions(installed.version, version) === 0)
  if (same !== undefined && same.sha256 !== sum) return packProblem('other-contents', '', `${id} ${version}`, 'must be given a new version when its contents change')
  const last = versions.at(-1)
  if (last === undefined || allowOlder || compareVersions(version, last.version) > 0 || same === last) return undefined
  return packProblem('older-version', '', `${id} ${version}`, `must be newer than ${last.version}; --allow-older goes back to it all the same`)
}

const versionOf = ({ pack: { manifest, key } }: CheckedPack, sum: string, today: string): InstalledVersion => ({
  version: manifest.version,
  effective: manifest.effective,
  issued: manifest.issued,
  publisher: manifest.publisher,
  key: { id: key.id, publisher: key.publisher, public_key: key.publicKey },
  sha256: sum,
  catalogue: manifest.members.some(({ kind }) => kind === 'catalogue'),
  installed_on: today
})

export interface RolledBack {
  readonly removed: string
  /** Which version serves again; undefined: what the terminal was delivered with. */
  readonly now: string | undefined
}

/** Takes back the version that was installed last. undefined: no pack of that id is installed. */
export async function rollBackPack(data: string, id: string, steps: FileSteps): Promise<Result<RolledBack | undefined, InstallRefusal>> {
  if (!existsSync(packsFolder(data))) return ok(undefined)
  return await whileLocked(data, (): Result<RolledBack | undefined, InstallRefusal> => {
    const active = readActive(data)
    if (!active.ok) return refuse({ kind: 'unreadable', problem: active.error })
    const versions = active.value.get(id) ?? []
    const last = versions.at(-1)
    if (last === undefined) return ok(undefined)
    const next = new Map(active.value).set(id, versions.slice(0, -1))
    writeActive(steps, data, next)
    tidyUp(steps, data, id, next)
    return ok({ removed: last.version, now: versions.at(-2)?.version })
  })
}

/** Two who install at once would each write a list without the other's pack. */
async function whileLocked<Value>(
  data: string,
  work: () => Result<Value, InstallRefusal> | Promise<Result<Value, InstallRefusal>>
): Promise<Result<Value, InstallRefusal>> {
  const lock = lockFile(activePath(data))
  if (!lock.ok) return refuse(lock.error)
  try {
    return await work()
  } finally {
    lock.value.free()
  }
}

/** Drafts of attempts that were broken off, and versions that nobody uses any more. */
function tidyUp(steps: FileSteps, data: string, id: string, active: ActivePacks): void {
  const folder = join(packsFolder(data), id)
  const used = new Set((active.get(id) ?? []).map(({ version }) => packPath(data, id, version)))
  if (!existsSync(folder)) return
  for (const path of readdirSync(folder).map((name) => join(folder, name))) if (!used.has(path)) steps.remove(path)
}
