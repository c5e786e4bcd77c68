import { ok } from '../../../base/result.ts'
import type { RowDifference } from '../../../settlement/catalogue/diff.ts'
import { dataFolder, numberOption, storeFailure, withStore } from '../catalogue-place.ts'
import type { Command } from '../command.ts'

const SYNOPSIS = '--data DIR BEFORE AFTER [--limit N]'
const LIMIT_MAX = 1_000_000

export const catalogueDiffCommand: Command = {
  name: 'catalogue diff',
  synopsis: SYNOPSIS,
  summary: 'what one installed version says otherwise than another: added, removed and changed rows with their fields (比较目录版本)',
  options: { data: { type: 'string' }, limit: { type: 'string' } },
  positionals: ['BEFORE', 'AFTER'],
  run: (input) => {
    const data = dataFolder(input, `catalogue diff ${SYNOPSIS}`)
    if (!data.ok) return data
    const limit = numberOption(input, 'limit', { min: 0, max: LIMIT_MAX, otherwise: 50 })
    if (!limit.ok) return limit
    const [before = '', after = ''] = input.positionals
    return withStore(data.value, { create: false }, (store) => {
      const diff = store.diff(before, after, limit.value)
      if (!diff.ok) return storeFailure(diff.error)
      const { added, removed, changed, rows } = diff.value
      const more = added + removed + changed - rows.length
      const sums = `${before} -> ${after}: ${added} added 新增, ${removed} removed 删除, ${changed} changed 变更`
      return ok({ text: [sums, ...rows.map(lineOf), ...(more > 0 ? [`... ${more} more`] : [])].join('\n'), json: { before, after, ...diff.value } })
    })
  }
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const

function lineOf({ kind, code, from, name, fields }: RowDifference): string {
  const changes = fields.map(({ field, before, after }) => `${field} ${before ?? '(none)'} -> ${after ?? '(none)'}`)
  return [`${SIGNS[kind]} ${code}`, from === '' ? '' : `from ${from}`, name, changes.join('; ')].filter((part) => part !== '').join('  ')
}
