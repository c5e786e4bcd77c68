/**
 * The shapes of files that can be imported. 1301 is a file of 97 columns (H T14); 1302, 1303, 1305 and 1306 are files too, whose
 * columns stand in the readers of two public hospital systems that agree on every one; 1304, 1312 and 1316 to 1319 are queries, as
 * files in the order in which the national interface here gives their fields; `prices` is the institution's own list.
 */

import type { Result } from '../../../base/result.ts'

export const SHAPES = ['1301', '1302', '1303', '1304', '1305', '1306', '1312', '1316', '1317', '1318', '1319', 'prices', 'document'] as const
export type Shape = (typeof SHAPES)[number]
/** Files of the national download, a row an item. */
export type ItemShape = '1301' | '1302' | '1303' | '1305' | '1306'
export type ListShape = '1312' | '1316' | '1317' | '1318' | '1319' | 'prices'

/** Nobody may have a ceiling or a share to state; items and prices there are, or the file was lost on its way. */
const MAY_BE_EMPTY: ReadonlySet<Shape> = new Set(['1316', '1317', '1318', '1319'])
export const mayBeEmpty = (shape: Shape): boolean => MAY_BE_EMPTY.has(shape)

export const isList = (shape: Shape): shape is ListShape => Object.hasOwn(LIST_FIELDS, shape)
export const isItemFile = (shape: Shape): shape is ItemShape => Object.hasOwn(ITEM_COLUMNS, shape)

/** 1301 has so many. Of the others a later edition may have put more behind: what is known keeps its number. */
export const ITEM_COLUMNS: Readonly<Record<ItemShape, { readonly min: number; readonly max: number }>> = {
  '1301': { min: 97, max: 97 },
  '1302': { min: 29, max: 39 },
  '1303': { min: 78, max: 88 },
  '1305': { min: 16, max: 26 },
  '1306': { min: 71, max: 81 }
}

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

const BY_NAME = /(?:^|[^0-9])(13[0-2]\d)(A?)(?:[^0-9]|$)/i

const NO_ITEMS: Readonly<Record<string, string>> = {
  '1307': 'diagnoses 疾病诊断',
  '1308': 'operations 手术操作',
  '1309': 'chronic diseases 门诊慢特病',
  '1310': 'diseases paid by disease 按病种付费',
  '1311': 'day surgery 日间手术',
  '1313': 'tumour morphology 肿瘤形态学',
  '1314': 'diseases of Chinese medicine 中医疾病',
  '1315': 'syndromes of Chinese medicine 中医证候'
}

export type NamedShape = Exclude<Shape, 'document'>

/** A file's own name says what it is, or that it is none of ours; `undefined`: its content must. */
export function shapeByName(name: string): Result<NamedShape, string> | undefined {
  const own = name.slice(name.lastIndexOf('/') + 1)
  const [, number, suffix] = BY_NAME.exec(own) ?? []
  if (number === undefined) return /^prices?\b/i.test(own) ? { ok: true, value: 'prices' } : undefined
  const shape = SHAPES.find((known) => known === number)
  if (shape !== undefined && shape !== 'document' && suffix === '') return { ok: true, value: shape }
  const contents = NO_ITEMS[number]
  if (contents !== undefined) return { ok: false, error: `${number} lists ${contents}: no items that are charged; leave it out` }
  return { ok: false, error: `${number}${(suffix ?? '').toUpperCase()} cannot be imported: its columns are in no source known here; what the insurance holds of it comes by 1312` }
}

/** By a field that no other shape has. */
export function shapeByFields(row: object): ListShape | '1304' | undefined {
  const has = (field: string): boolean => Object.hasOwn(row, field)
  if (has('hilist_pric_uplmt_amt')) return '1318'
  if (has('selfpay_prop_psn_type')) return '1319'
  if (has('fixmedins_code') && has('medins_list_codg')) return '1317'
  if (has('hilist_code') && has('med_list_codg')) return '1316'
  if (has('ethdrug_type') || (has('med_list_codg') && has('drug_genname'))) return '1304'
  return has('hilist_code') && has('chrgitm_lv') ? '1312' : undefined
}
