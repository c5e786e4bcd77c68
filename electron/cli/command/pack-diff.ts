import { ok, type Result } from '../../../base/result.ts'
import type { CatalogueDiff } from '../../../settlement/catalogue/diff.ts'
import { openPack, type Pack } from '../../../settlement/pack/open-pack.ts'
import { readMembers } from '../../../settlement/pack/read-members.ts'
import type { TrustedKey } from '../../../settlement/pack/publisher-key.ts'
import { sayDifference } from '../../../settlement/pack/say-difference.ts'
import { readActive } from '../../host/packs/active-packs.ts'
import { diffPacks, type PackSide } from '../../host/packs/diff-packs.ts'
import { openInstalled } from '../../host/packs/load-packs.ts'
import { readPackCatalogue } from '../../host/packs/read-pack-catalogue.ts'
import type { Command } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, type Failure } from '../failure.ts'
import { dataOf, packFailure, readPack, trustedOf } from '../pack-place.ts'

export const packDiffCommand: Command = {
  name: 'pack diff',
  synopsis: 'OLD NEW [--trust FILE] [--data FOLDER]',
  summary: 'what is different between two packs, field by field; with --data, ID@VERSION names an installed one (比较数据包)',
  options: { trust: { type: 'string' }, data: { type: 'string' } },
  positionals: ['OLD', 'NEW'],
  run: (input) => {
    const [before = '', after = ''] = input.positionals
    const data = dataOf(input)
    if (!data.ok) return data
    const trusted = trustedOf(input, data.value)
    if (!trusted.ok) return trusted
    const old = sideOf(before, data.value, trusted.value)
    if (!old.ok) return old
    const fresh = sideOf(after, data.value, trusted.value)
    if (!fresh.ok) return fresh
    const { differences, catalogue } = diffPacks(old.value, fresh.value)
    const lines = [...differences.map(sayDifference).flatMap(({ zh, en }) => [zh, `  ${en}`]), ...catalogueLines(catalogue)]
    return ok({
      text: lines.length === 0 ? '内容相同 no difference' : lines.join('\n'),
      json: {
        before: nameOf(old.value),
        after: nameOf(fresh.value),
        differences: differences.map((difference) => ({ path: difference.path, before: difference.before ?? null, after: difference.after ?? null, ...sayDifference(difference) })),
        catalogue: catalogue ?? null
      }
    })
  }
}

const KINDS = { added: '新增 new', removed: '删除 gone', changed: '变更 changed' } as const

function catalogueLines(diff: CatalogueDiff | undefined): string[] {
  if (diff === undefined || diff.added + diff.removed + diff.changed === 0) return []
  return [
    `目录 catalogue: ${diff.added} 新增 new, ${diff.removed} 删除 gone, ${diff.changed} 变更 changed`,
    ...diff.rows.map(({ kind, code, name, fields }) => {
      const changes = fields.map(({ field, before, after }) => `${field} ${before ?? '-'} -> ${after ?? '-'}`).join(', ')
      return `  ${KINDS[kind]}: ${code} ${name}${changes === '' ? '' : `: ${changes}`}`
    })
  ]
}

const nameOf = ({ manifest: { id, version } }: PackSide): object => ({ id, version })

function sideOf(name: string, data: string | undefined, trusted: readonly TrustedKey[]): Result<PackSide, Failure> {
  const pack = packOf(name, data, trusted)
  if (!pack.ok) return pack
  const members = readMembers(pack.value, readPackCatalogue)
  return members.ok ? ok({ manifest: pack.value.manifest, members: members.value }) : packFailure(name, members.error)
}

function packOf(name: string, data: string | undefined, trusted: readonly TrustedKey[]): Result<Pack, Failure> {
  const [id = '', version] = name.split('@')
  if (data === undefined || version === undefined) {
    const zip = readPack(name)
    if (!zip.ok) return zip
    const pack = openPack(zip.value, trusted)
    return pack.ok ? pack : packFailure(name, pack.error)
  }
  const active = asBadInput(readActive(data))
  if (!active.ok) return active
  const installed = active.value.get(id)?.find((candidate) => candidate.version === version)
  if (installed === undefined) return badInput('not-installed', `pack "${name}" is not installed in ${data}; "caresettle pack list" shows what is`)
  const pack = openInstalled(data, id, installed)
  return pack.ok ? pack : packFailure(name, pack.error)
}
