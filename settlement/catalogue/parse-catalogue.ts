/** A catalogue document: items in JSON. One code may have several rows, each with its own days. */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../base/result.ts'
import { textField } from '../wire/fields.ts'
import { checkDocument, type InputProblem } from '../wire/input-problem.ts'
import { itemSchema, type CatalogueItem } from './item-schema.ts'
import { MemoryCatalogue } from './memory-catalogue.ts'
import { describePeriod, overlap, periodOf } from './period.ts'

export const DOCUMENT_ITEMS_MAX = 200_000

export const catalogueSchema = z
  .strictObject({
    $schema: z.string().optional(),
    note: textField(2000).optional(),
    version: textField(100).optional(),
    items: z.array(itemSchema, 'must be a list of items').max(DOCUMENT_ITEMS_MAX, `must have at most ${DOCUMENT_ITEMS_MAX} items`)
  })
  .meta({ title: 'Catalogue', description: 'The items that an institution charges, with classes, prices, ceilings and the days on which they hold.' })

export function parseCatalogue(json: unknown): Result<MemoryCatalogue, InputProblem[]> {
  const document = checkDocument(catalogueSchema, json)
  if (!document.ok) return document
  const { version = '', items } = document.value
  const problems = [...items.flatMap((item, index) => itemProblems(item).map((problem) => ({ ...problem, path: `items[${index}].${problem.path}` }))), ...overlapProblems(items)]
  return problems.length > 0 ? refuse(problems) : ok(new MemoryCatalogue(version, items))
}

/** What the fields of an item do not show one by one: periods that end before they begin, rows that hold on one day. */
export const itemProblems = (item: CatalogueItem): InputProblem[] => [...periodProblems(item), ...rowOverlaps(item)]

function periodProblems({ valid_from, valid_to, ceilings = [], pre_pay = [] }: CatalogueItem): InputProblem[] {
  const periods = [
    { path: 'valid_to', from: valid_from, to: valid_to },
    ...ceilings.map((row, at) => ({ path: `ceilings[${at}].to`, ...row })),
    ...pre_pay.map((row, at) => ({ path: `pre_pay[${at}].to`, ...row }))
  ]
  return periods
    .filter(({ from, to }) => from !== undefined && to !== undefined && to < from)
    .map(({ path, from = '', to }) => ({ path, value: to, rule: `must not lie before its first day ${from}` }))
}

function overlapProblems(items: readonly CatalogueItem[]): InputProblem[] {
  const seen = new Map<string, CatalogueItem[]>()
  return items.flatMap((item, index) => {
    const rows = seen.get(item.med_list_codg) ?? []
    const other = rows.find((row) => overlap(periodOf(row), periodOf(item)))
    seen.set(item.med_list_codg, [...rows, item])
    return other === undefined ? [] : sameDays(item, index, other)
  })
}

const sameDays = (item: CatalogueItem, index: number, other: CatalogueItem): InputProblem => ({
  path: `items[${index}].med_list_codg`,
  value: item.med_list_codg,
  rule: `must be unique in the catalogue on every day; another row holds from ${describePeriod(periodOf(other))}`
})

function rowOverlaps({ ceilings = [], pre_pay = [] }: CatalogueItem): InputProblem[] {
  const ofCeilings = ceilings.flatMap((row, at) =>
    ceilings.slice(0, at).some((other) => other.level === row.level && overlap(other, row))
      ? [{ path: `ceilings[${at}].from`, value: row.from, rule: `must not overlap another ceiling of level ${row.level}` }]
      : []
  )
  const ofShares = pre_pay.flatMap((row, at) =>
    pre_pay.slice(0, at).some((other) => other.insutype === row.insutype && overlap(other, row))
      ? [{ path: `pre_pay[${at}].from`, value: row.from, rule: `must not overlap another share of insurance ${row.insutype}` }]
      : []
  )
  return [...ofCeilings, ...ofShares]
}
