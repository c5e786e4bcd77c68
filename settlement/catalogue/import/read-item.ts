/**
 * A row of a national file that states an item: pieces (1302), preparations of institutions (1303), ethnic drugs (1304, a query with
 * names for columns), services (1305), consumables (1306). None of them says what the insurance pays for: that comes by 1312, and
 * with it the charge type; until then an item has the usual one of its kind.
 */

import type { CatalogueItem } from '../item-schema.ts'
import { readDrug } from './read-drug.ts'
import { RowCheck, type CellOf, type CellProblem } from './row-check.ts'
import type { ItemShape } from './shapes.ts'
import { cellOf } from './text-lines.ts'

export interface ItemRow {
  readonly item: CatalogueItem
  readonly version: string
}

/** `cells` as they stand in the file; their number was checked. */
export function readItem(shape: ItemShape, cells: readonly string[]): ItemRow | CellProblem {
  return readRow(READERS[shape], (column) => cellOf(cells, Number.parseInt(column, 10)))
}

/** 1304, by the names of its fields. */
export const readEthnicDrug = (cell: CellOf): ItemRow | CellProblem => readRow(ethnicDrug, cell)

function readRow(read: (row: RowCheck) => ItemRow, cell: CellOf): ItemRow | CellProblem {
  const row = new RowCheck(cell)
  const item = read(row)
  return row.problem ?? item
}

const PRESCRIPTION = { '0': '1', '1': '0' } as const
/** Of other words than two digits no days could be computed. */
const frequencyOf = (text: string | undefined): string | undefined => (text !== undefined && /^\d{2}$/.test(text) ? text : undefined)

const READERS: Readonly<Record<ItemShape, (row: RowCheck) => ItemRow>> = {
  '1301': readDrug,
  '1302': (row) => ({
    version: row.optional('18 ver', 100) ?? '',
    item: {
      med_list_codg: row.text('1 med_list_codg', 50),
      name: row.text('2 tcmherb_name', 200),
      kind: 'pieces',
      med_chrgitm_type: '10',
      vali_flag: row.flag('14 vali_flag'),
      ...validity(row, '12 begndate', '13 enddate')
    }
  }),
  '1303': (row) => ({
    version: row.optional('71 ver', 100) ?? '',
    item: {
      med_list_codg: row.text('1 med_list_codg', 50),
      name: named(row, '2 drug_prodname', '53 reg_name'),
      kind: 'own-preparation',
      med_chrgitm_type: '09',
      spec: row.optional('11 drug_spec', 500),
      unit: row.optional('29 min_salunt', 20) ?? row.optional('32 min_pacunt', 20),
      min_unit: row.optional('33 min_prepunt', 20),
      units_per_pack: row.quantity('50 convrat'),
      used_frqu: frequencyOf(row.optional('17 used_frqu', 50)),
      rx_flag: row.oneOf('21 otc_flag', PRESCRIPTION),
      restriction: row.optional('51 lmt_usescp', 500),
      aprvno: row.optional('44 aprvno', 100),
      chld_medc_flag: row.flag('74 chld_medc'),
      vali_flag: row.flag('65 vali_flag'),
      ...validity(row, '66 begntime', '67 endtime')
    }
  }),
  '1305': (row) => ({
    version: row.optional('15 ver', 100) ?? '',
    item: {
      med_list_codg: row.text('1 med_list_codg', 50),
      name: row.text('10 servitem_name', 200),
      kind: 'service',
      med_chrgitm_type: '14',
      unit: row.optional('3 prcunt_name', 20) ?? row.optional('2 prcunt', 20),
      vali_flag: row.flag('7 vali_flag'),
      ...validity(row, '12 begndate', '13 enddate')
    }
  }),
  '1306': (row) => ({
    version: row.optional('70 ver', 100) ?? '',
    item: {
      med_list_codg: row.text('1 med_list_codg', 50),
      name: named(row, '2 mcs_name', '5 hi_genname'),
      kind: 'consumable',
      med_chrgitm_type: '08',
      generic: row.optional('5 hi_genname', 200),
      spec: row.optional('10 spec_mol', 500) ?? row.optional('8 spec', 500),
      unit: row.optional('36 min_salunt', 20) ?? row.optional('16 pacunt', 20),
      min_unit: row.optional('18 min_useunt', 20),
      lmt_used_flag: row.flag('34 lmt_used_flag'),
      restriction: row.optional('35 lmt_usescp', 500),
      aprvno: row.optional('51 reg_fil_no', 100),
      vali_flag: row.flag('68 vali_flag'),
      ...validity(row, '47 begndate', '48 enddate')
    }
  })
}

function ethnicDrug(row: RowCheck): ItemRow {
  const code = row.text('med_list_codg', 50)
  return {
    version: row.optional('ver', 100) ?? '',
    item: {
      med_list_codg: code,
      name: named(row, 'drug_genname', 'drug_prodname'),
      med_chrgitm_type: code.startsWith('X') ? '09' : '11',
      trade_name: row.optional('drug_prodname', 200),
      generic: row.optional('drug_genname', 200),
      spec: row.optional('drug_spec', 500),
      unit: row.optional('min_salunt', 20) ?? row.optional('min_pacunt', 20),
      min_unit: row.optional('min_prepunt', 20),
      used_frqu: frequencyOf(row.optional('used_frqu', 50)),
      rx_flag: row.oneOf('otc_flag', PRESCRIPTION),
      vali_flag: row.flag('vali_flag'),
      ...validity(row, 'begndate', 'enddate')
    }
  }
}

function named(row: RowCheck, first: string, second: string): string {
  const name = row.optional(first, 200) ?? row.optional(second, 200)
  if (name === undefined) row.refuse(first, `this column or ${second} is required`)
  return name ?? ''
}

function validity(row: RowCheck, first: string, last: string): Pick<CatalogueItem, 'valid_from' | 'valid_to'> {
  const { from, to } = row.period(first, last)
  return { valid_from: from, valid_to: to }
}
