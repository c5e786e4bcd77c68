/** The items an institution charges: what a visit's line leaves out is found here by the national code. */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../base/result.ts'
import { chrgitmLvField, priceField, ratioField, textField } from '../wire/fields.ts'
import { checkDocument, type InputProblem } from '../wire/input-problem.ts'

const ITEMS_MAX = 200_000

const itemSchema = z.strictObject({
  med_list_codg: textField(50).describe('National code.'),
  name: textField(200),
  chrgitm_lv: chrgitmLvField.describe('Class: 01 A, 02 B, 03 C, 04 payable C.'),
  med_chrgitm_type: z.string().regex(/^(0[1-9]|1[0-4])$/, 'must be a charge type from "01" to "14"'),
  pric: priceField.optional().describe('Price of one unit in yuan.'),
  selfpay_prop: ratioField.optional().describe('Pre-self-pay share of the item.'),
  pric_uplmt_amt: priceField.optional().describe('Price ceiling of one unit in yuan.'),
  lmt_used_flag: z.enum(['0', '1']).optional().describe('"1": restricted use.'),
  restriction: textField(500).optional().describe('The restriction in words.')
})

export const catalogueSchema = z.strictObject({
  $schema: z.string().optional(),
  note: textField(2000).optional(),
  items: z.array(itemSchema, 'must be a list of items').max(ITEMS_MAX, `must have at most ${ITEMS_MAX} items`)
})

export type CatalogueItem = z.output<typeof itemSchema>
export type Catalogue = ReadonlyMap<string, CatalogueItem>

export function parseCatalogue(json: unknown): Result<Catalogue, InputProblem[]> {
  const document = checkDocument(catalogueSchema, json)
  if (!document.ok) return document
  const catalogue = new Map<string, CatalogueItem>()
  const problems: InputProblem[] = []
  for (const [index, item] of document.value.items.entries()) {
    if (catalogue.has(item.med_list_codg)) {
      problems.push({
        path: `items[${index}].med_list_codg`,
        value: item.med_list_codg,
        rule: 'must be unique in the catalogue'
      })
    }
    catalogue.set(item.med_list_codg, item)
  }
  return problems.length > 0 ? refuse(problems) : ok(catalogue)
}
