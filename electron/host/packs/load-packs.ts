/**
 * What is installed, as documents with the days on which each is used. A pack that no longer opens is named in one line and
 * left out, so that the version before it serves, or what the terminal was delivered with: a counter opens in any case.
 */

import { readFileSync, statSync } from 'node:fs'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { periodsOfVersions, type Layer } from '../../../settlement/pack/layers.ts'
import { openPack, type Pack } from '../../../settlement/pack/open-pack.ts'
import { PACK_BYTES_MAX } from '../../../settlement/pack/pack-limits.ts'
import { packProblem, sayPackProblem, type PackProblem } from '../../../settlement/pack/pack-problem.ts'
import { readDocuments } from '../../../settlement/pack/read-members.ts'
import { packPath, readActive, type ActivePacks, type InstalledVersion } from './active-packs.ts'

export interface LoadedPacks {
  readonly active: ActivePacks
  readonly layers: readonly Layer[]
  /** Versions that a later one has taken the place of on all their days: bills may have been settled by them. */
  readonly unused: readonly Omit<Layer, 'period'>[]
  /** One line each: which pack is not used, and why. */
  readonly problems: readonly string[]
}

export const NO_PACKS: LoadedPacks = { active: new Map(), layers: [], unused: [], problems: [] }

export function loadPacks(data: string): LoadedPacks {
  const active = readActive(data)
  if (!active.ok) return { ...NO_PACKS, problems: [`no pack is used: ${active.error.message}`] }
  const loaded = [...active.value].map(([id, versions]) => loadVersions(data, id, versions))
  return { active: active.value, layers: loaded.flatMap(({ layers }) => layers), unused: loaded.flatMap(({ unused }) => unused), problems: loaded.flatMap(({ problems }) => problems) }
}

function loadVersions(data: string, id: string, versions: readonly InstalledVersion[]): Pick<LoadedPacks, 'layers' | 'unused' | 'problems'> {
  const problems: string[] = []
  const good = versions.flatMap((installed) => {
    const pack = openInstalled(data, id, installed)
    const documents = pack.ok ? readDocuments(pack.value) : pack
    if (documents.ok) return [{ installed, documents: documents.value }]
    problems.push(`pack ${id} ${installed.version} is not used: ${documents.error.map((problem) => sayPackProblem(problem).en).join('; ')}`)
    return []
  })
  const periods = periodsOfVersions(good.map(({ installed }) => installed))
  const documentsOf = ({ installed, documents }: (typeof good)[number]) => ({
    id,
    version: installed.version,
    policies: documents.policies.map(({ document }) => document),
    rules: documents.rules.map(({ document }) => document)
  })
  const dated = good.map((version, index) => ({ ...documentsOf(version), period: periods[index] }))
  const layers = dated.flatMap(({ period, ...documents }) => (period === undefined ? [] : [{ ...documents, period }]))
  const unused = dated.flatMap(({ period, ...documents }) => (period === undefined ? [documents] : []))
  return { layers, unused, problems }
}

/** By the key that it was installed with: whom to trust was decided then. */
export function openInstalled(data: string, id: string, { version, key }: InstalledVersion): Result<Pack, readonly PackProblem[]> {
  const path = packPath(data, id, version)
  const bytes = readPackFile(path)
  if (!bytes.ok) return refuse([bytes.error])
  const pack = openPack(bytes.value, [{ id: key.id, publisher: key.publisher, publicKey: key.public_key }])
  if (!pack.ok) return pack
  const { manifest } = pack.value
  if (manifest.id === id && manifest.version === version) return pack
  return refuse([packProblem('other-contents', '', `${manifest.id} ${manifest.version}`, `must be ${id} ${version}`)])
}

export function readPackFile(path: string): Result<Uint8Array, PackProblem> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined || !found.isFile()) return refuse(packProblem('not-a-zip', '', path, found === undefined ? 'is not there' : 'must be a file'))
  if (found.size > PACK_BYTES_MAX) return refuse(packProblem('pack-too-large', '', `${found.size} bytes`, `must have at most ${PACK_BYTES_MAX} bytes`))
  return ok(readFileSync(path))
}
