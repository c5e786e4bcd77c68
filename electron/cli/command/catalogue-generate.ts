import { writeFileSync } from 'node:fs'
import { ok } from '../../../base/result.ts'
import { generateCatalogue, generatedVersion, GENERATED_ITEMS_MAX } from '../../../settlement/catalogue/generate/generate-catalogue.ts'
import { numberOption } from '../catalogue-place.ts'
import type { Command } from '../command.ts'
import { writtenFile } from '../written-file.ts'

const SEED_MAX = 999_999_999
const REVISIONS_MAX = 100

export const catalogueGenerateCommand: Command = {
  name: 'catalogue generate',
  synopsis: '[--items N] [--seed N] [--revision N] OUT.zip',
  summary: 'a made-up catalogue as files of 1301, 1312, 1318, 1319 and prices in a ZIP; the same seed is the same bytes (生成测试目录)',
  options: { items: { type: 'string' }, seed: { type: 'string' }, revision: { type: 'string' } },
  positionals: ['OUT.zip'],
  run: (input) => {
    const items = numberOption(input, 'items', { min: 1, max: GENERATED_ITEMS_MAX, otherwise: 200_000 })
    if (!items.ok) return items
    const seed = numberOption(input, 'seed', { min: 0, max: SEED_MAX, otherwise: 1 })
    if (!seed.ok) return seed
    const revision = numberOption(input, 'revision', { min: 1, max: REVISIONS_MAX, otherwise: 1 })
    if (!revision.ok) return revision
    const request = { items: items.value, seed: seed.value, revision: revision.value }
    const [path = ''] = input.positionals
    const file = writtenFile('OUT.zip', path)
    if (!file.ok) return file
    const bytes = generateCatalogue(request)
    writeFileSync(path, bytes)
    const version = generatedVersion(request)
    return ok({ text: `${path}: version ${version}, ${items.value} items, ${bytes.length} bytes`, json: { path, version, ...request, bytes: bytes.length } })
  }
}
