/** A pack as lines and as a document. */

import type { CheckedPack } from '../../host/packs/install-pack.ts'

const SKIPPED_SHOWN_MAX = 20

const KINDS = { policy: '政策 policy', rules: '规则 rules', catalogue: '目录 catalogue' } as const

/** Who publishes it in their own words, and whose key whoever trusts it says that is. A pack that names no publisher has the key's. */
export function publisherLine(publisher: string, key: { readonly id: string; readonly publisher: string }): string {
  const named = publisher === `key ${key.id}` ? key.publisher : publisher
  return `发布者 publisher ${named}; 密钥 key ${key.id} (${key.publisher})`
}

export function packLines({ pack: { manifest, key }, members, codesUnchecked }: CheckedPack): string[] {
  return [
    `数据包 pack ${manifest.id} ${manifest.version}, 生效 from ${manifest.effective}, 发布 issued ${manifest.issued}`,
    publisherLine(manifest.publisher, key),
    ...manifest.members.map(({ kind, path, bytes }) => `  ${KINDS[kind]} ${path}, ${bytes} bytes`),
    ...catalogueLines(members.catalogue),
    ...(codesUnchecked === 0 ? [] : [`  规则中 ${codesUnchecked} 个编码没有核对：未安装目录 codes that the rules name, not looked up: no catalogue is installed`])
  ]
}

function catalogueLines(catalogue: CheckedPack['members']['catalogue']): string[] {
  if (catalogue === undefined) return []
  const { codes, broken, problems } = catalogue
  const shown = problems.slice(0, SKIPPED_SHOWN_MAX)
  return [
    `  项目 ${codes} items, 跳过 ${broken} broken rows skipped`,
    ...shown.map((line) => `    ${line}`),
    ...(broken > shown.length ? [`    另有 ${broken - shown.length} and more`] : [])
  ]
}

export const packJson = ({ pack: { manifest, key }, members: { catalogue }, codesUnchecked }: CheckedPack): object => ({
  id: manifest.id,
  version: manifest.version,
  effective: manifest.effective,
  issued: manifest.issued,
  publisher: manifest.publisher,
  key: { id: key.id, publisher: key.publisher },
  members: manifest.members,
  codes_unchecked: codesUnchecked,
  catalogue: catalogue === undefined ? null : { items: catalogue.codes, broken: catalogue.broken, problems: catalogue.problems }
})
