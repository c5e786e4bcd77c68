/** A row of 1301 (H T14). Its number and name stand together, so that a problem names both. */

import type { ItemRow } from './read-item.ts'
import type { RowCheck } from './row-check.ts'

const COLUMN = {
  code: '1 med_list_codg',
  tradeName: '2 drug_prodname',
  generic: '4 drug_genname',
  spec: '14 drug_spec',
  frequency: '20 used_frqu',
  otc: '28 otc_flag',
  from: '37 begndate',
  to: '38 enddate',
  unit: '40 min_salunt',
  packUnit: '43 min_pac_unit',
  minUnit: '44 min_prepunt',
  unitsPerPack: '47 convrat',
  restriction: '57 lmt_used_rea',
  restricted: '58 lmt_used_flag',
  approvalNo: '62 aprvno',
  negotiated: '75 nego_flag',
  valid: '79 vali_flag',
  version: '83 ver',
  child: '85 chld_medc',
  chargeClass: '92 chrgitm_lv',
  effective: '96 efft_time',
  expires: '97 invd_time'
} as const

const CLASSES = { 甲: '01', 乙: '02', 丙: '03', 甲类: '01', 乙类: '02', 丙类: '03', A: '01', B: '02', C: '03', '01': '01', '02': '02', '03': '03', '04': '04' } as const
/** otc_flag 1: no prescription needed. */
const PRESCRIPTION = { '0': '1', '1': '0' } as const

export const readDrug = (row: RowCheck): ItemRow => ({ version: row.optional(COLUMN.version, 100) ?? '', item: { ...namesOf(row), ...packOf(row), ...rulesOf(row) } })

function namesOf(row: RowCheck) {
  const code = row.text(COLUMN.code, 50)
  const generic = row.optional(COLUMN.generic, 200)
  const tradeName = row.optional(COLUMN.tradeName, 200)
  if (generic === undefined && tradeName === undefined) row.refuse(COLUMN.generic, 'this column or the trade name is required')
  const name = generic ?? tradeName ?? ''
  return {
    med_list_codg: code,
    name,
    // Western and Chinese patent drugs share the file; the codes of patent drugs begin with Z.
    med_chrgitm_type: code.startsWith('Z') ? '11' : '09',
    generic,
    trade_name: tradeName === name ? undefined : tradeName,
    aprvno: row.optional(COLUMN.approvalNo, 100)
  }
}

function packOf(row: RowCheck) {
  const unit = row.optional(COLUMN.unit, 20)
  const packUnit = row.optional(COLUMN.packUnit, 20)
  const frequency = row.optional(COLUMN.frequency, 50)
  return {
    spec: row.optional(COLUMN.spec, 500),
    unit: unit ?? packUnit,
    min_unit: row.optional(COLUMN.minUnit, 20),
    units_per_pack: row.quantity(COLUMN.unitsPerPack),
    // Free words such as "as directed" are no frequency that could be computed with.
    used_frqu: frequency !== undefined && /^\d{2}$/.test(frequency) ? frequency : undefined
  }
}

function rulesOf(row: RowCheck) {
  const held = row.period(COLUMN.from, COLUMN.to)
  const effective = row.period(COLUMN.effective, COLUMN.expires)
  return {
    chrgitm_lv: row.oneOf(COLUMN.chargeClass, CLASSES),
    rx_flag: row.oneOf(COLUMN.otc, PRESCRIPTION),
    lmt_used_flag: row.flag(COLUMN.restricted),
    restriction: row.optional(COLUMN.restriction, 500),
    hi_nego_drug_flag: row.flag(COLUMN.negotiated),
    chld_medc_flag: row.flag(COLUMN.child),
    vali_flag: row.flag(COLUMN.valid),
    valid_from: held.from ?? effective.from,
    valid_to: held.to ?? effective.to
  }
}
