/** A row of 1301 by its columns' numbers (H T14); those that a catalogue here knows nothing of stay empty. */

import type { ChargeClass } from '../policy/policy-parts.ts'
import type { CatalogueItem } from './item-schema.ts'

const DRUG_COLUMNS = 97

/** In the order of the columns; an empty text where there is nothing to say. */
export function drugCells(item: CatalogueItem, version: string): string[] {
  const columns: Readonly<Record<number, string | undefined>> = {
    1: item.med_list_codg,
    2: item.trade_name ?? item.name,
    4: item.name,
    14: item.spec,
    20: item.used_frqu,
    28: item.rx_flag && (item.rx_flag === '0' ? '1' : '0'),
    37: item.valid_from,
    38: item.valid_to,
    40: item.unit,
    44: item.min_unit,
    47: item.units_per_pack,
    55: item.pric_uplmt_amt === undefined && item.ceilings === undefined ? '0' : '1',
    57: item.restriction,
    58: item.lmt_used_flag ?? '0',
    62: item.aprvno,
    75: item.hi_nego_drug_flag ?? '0',
    79: item.vali_flag ?? '1',
    83: version,
    85: item.chld_medc_flag ?? '0',
    92: item.chrgitm_lv && CLASS_NAMES[item.chrgitm_lv]
  }
  return Array.from({ length: DRUG_COLUMNS }, (_, index) => columns[index + 1] ?? '')
}

const CLASS_NAMES: Readonly<Record<ChargeClass, string>> = { '01': '甲', '02': '乙', '03': '丙', '04': '丙' }
