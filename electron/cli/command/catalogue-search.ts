import { ok } from '../../../base/result.ts'
import { classOn } from '../../../settlement/catalogue/item-on-day.ts'
import { dataFolder, dayOption, numberOption, withCatalogue } from '../catalogue-place.ts'
import type { Command } from '../command.ts'

const SYNOPSIS = '--data DIR TEXT [--limit N] [--on YYYY-MM-DD]'
const LIMIT_MAX = 1_000

export const catalogueSearchCommand: Command = {
  name: 'catalogue search',
  synopsis: SYNOPSIS,
  summary: 'items by code, barcode, part of the name or initials of its pinyin, the better match first; exit code 1: none (搜索目录)',
  options: { data: { type: 'string' }, limit: { type: 'string' }, on: { type: 'string' } },
  positionals: ['TEXT'],
  run: (input, terminal) => {
    const data = dataFolder(input, `catalogue search ${SYNOPSIS}`)
    if (!data.ok) return data
    const on = dayOption(input, terminal)
    if (!on.ok) return on
    const limit = numberOption(input, 'limit', { min: 1, max: LIMIT_MAX, otherwise: 20 })
    if (!limit.ok) return limit
    const [text = ''] = input.positionals
    return withCatalogue(data.value, terminal, async (catalogue) => {
      const hits = (await catalogue.search(text, limit.value, on.value)).map(({ item, initials }) => ({
        code: item.med_list_codg,
        name: item.name,
        initials,
        spec: item.spec ?? null,
        chrgitm_lv: classOn(item, on.value) ?? null,
        pric: item.pric ?? null,
        barcode: item.barcode ?? null
      }))
      const lines = hits.map(({ code, name, spec, chrgitm_lv, pric }) => [code, name, spec ?? '', chrgitm_lv ?? '-', pric ?? '-'].join('  '))
      return ok({
        text: hits.length === 0 ? `nothing for "${text}" in the catalogue ${catalogue.version} 未找到` : lines.join('\n'),
        json: { text, version: catalogue.version, hits },
        exitCode: hits.length === 0 ? 1 : 0
      })
    })
  }
}
