/**
 * The shapes of files that can be imported. 1301 is a file of 97 columns (H T14); 1312 and 1316 to 1319 are queries, as files
 * in the order in which the national interface here gives their fields; `prices` is the institution's own list.
 */

export const SHAPES = ['1301', '1312', '1316', '1317', '1318', '1319', 'prices', 'document'] as const
export type Shape = (typeof SHAPES)[number]
export type ListShape = Exclude<Shape, '1301' | 'document'>

export const DRUG_COLUMNS = 97

/** Field names in order; what stands after `required` fields may be left out at the end of a row. */
export const LIST_FIELDS: Readonly<Record<ListShape, readonly string[]>> = {
  '1312': ['hilist_code', 'hilist_name', 'insu_admdvs', 'begndate', 'enddate', 'med_chrgitm_type', 'chrgitm_lv', 'lmt_used_flag', 'list_type', 'memo', 'vali_flag', 'updt_time'],
  '1316': ['med_list_codg', 'hilist_code', 'list_type', 'insu_admdvs', 'begndate', 'enddate', 'vali_flag', 'updt_time'],
  '1317': ['fixmedins_code', 'medins_list_codg', 'medins_list_name', 'insu_admdvs', 'list_type', 'med_list_codg', 'begndate', 'enddate', 'vali_flag', 'updt_time'],
  '1318': ['hilist_code', 'hilist_lmtpric_type', 'overlmt_dspo_way', 'insu_admdvs', 'begndate', 'enddate', 'hilist_pric_uplmt_amt', 'vali_flag', 'updt_time'],
  '1319': ['hilist_code', 'selfpay_prop_psn_type', 'selfpay_prop_type', 'insu_admdvs', 'begndate', 'enddate', 'selfpay_prop', 'vali_flag', 'updt_time'],
  prices: ['med_list_codg', 'medins_list_codg', 'pric', 'barcode', 'unit', 'drug_id']
}

/** updt_time may be left out, and of a price list what stands behind the price. */
export const columnsOf = (shape: ListShape): { readonly min: number; readonly max: number } => {
  const { length } = LIST_FIELDS[shape]
  return { min: shape === 'prices' ? PRICED_COLUMNS : length - 1, max: length }
}

const PRICED_COLUMNS = 3

const BY_NAME = /(?:^|[^0-9])(1301|1312|1316|1317|1318|1319)(?:[^0-9]|$)/

/** A file's own name says what it is; `undefined`: its content must. */
export function shapeByName(name: string): Exclude<Shape, 'document'> | undefined {
  const own = name.slice(name.lastIndexOf('/') + 1)
  const number = BY_NAME.exec(own)?.[1]
  const shape = SHAPES.find((known) => known === number)
  if (shape !== undefined && shape !== 'document') return shape
  return /^prices?\b/i.test(own) ? 'prices' : undefined
}

/** By a field that no other shape has. */
export function shapeByFields(row: object): ListShape | undefined {
  const has = (field: string): boolean => Object.hasOwn(row, field)
  if (has('hilist_pric_uplmt_amt')) return '1318'
  if (has('selfpay_prop_psn_type')) return '1319'
  if (has('fixmedins_code') && has('medins_list_codg')) return '1317'
  if (has('hilist_code') && has('med_list_codg')) return '1316'
  return has('hilist_code') && has('chrgitm_lv') ? '1312' : undefined
}
