/** A pack as lines and as a document. */

import type { CheckedPack } from '../../host/packs/install-pack.ts'

const SKIPPED_SHOWN_MAX = 20

const KINDS = { policy: '政策 policy', rules: '规则 rules', catalogue: '目录 catalogue' } as const

export function packLines({ pack: { manifest, key }, members }: CheckedPack): string[] {
  return [
    `数据包 pack ${manifest.id} ${manifest.version}, 生效 from ${manifest.effective}, 发布 issued ${manifest.issued}`,
    `发布者 publisher ${manifest.publisher}; 密钥 key ${key.id} (${key.publisher})`,
    ...manifest.members.map(({ kind, path, bytes }) => `  ${KINDS[kind]} ${path}, ${bytes} bytes`),
    ...members.catalogues.flatMap(({ path, catalogue }) => [
      `  ${path}: 项目 ${catalogue.items} items, 跳过 ${catalogue.skipped.length} rows skipped`,
      ...catalogue.skipped.slice(0, SKIPPED_SHOWN_MAX).map(({ line, text }) => `    行 line ${line}: ${text}`),
      ...(catalogue.skipped.length > SKIPPED_SHOWN_MAX ? [`    另有 ${catalogue.skipped.length - SKIPPED_SHOWN_MAX} and more`] : [])
    ])
  ]
}

export const packJson = ({ pack: { manifest, key }, members }: CheckedPack): object => ({
  id: manifest.id,
  version: manifest.version,
  effective: manifest.effective,
  issued: manifest.issued,
  publisher: manifest.publisher,
  key: { id: key.id, publisher: key.publisher },
  members: manifest.members,
  catalogues: members.catalogues.map(({ path, catalogue }) => ({ path, items: catalogue.items, skipped: catalogue.skipped.length, rows: catalogue.skipped.slice(0, 1000) }))
})
