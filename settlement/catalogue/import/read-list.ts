/** Rows of the queries 1312 and 1316 to 1319, and of the institution's price list. */

import type { CatalogueItem, ItemKind } from '../item-schema.ts'
import type { Period } from '../period.ts'
import { RowCheck, type CellProblem, type CellOf } from './row-check.ts'
import type { ListShape } from './shapes.ts'

export type { ListShape } from './shapes.ts'

export interface ListingRow extends Period {
  readonly code: string
  readonly listed: Pick<CatalogueItem, 'name' | 'med_chrgitm_type' | 'chrgitm_lv' | 'lmt_used_flag' | 'restriction' | 'kind'>
}
export interface MatchRow extends Period {
  readonly code: string
  readonly hilist: string
}
export interface OwnCodeRow extends Period {
  readonly code: string
  readonly own: string
}
export interface CeilingOfRow extends Period {
  readonly code: string
  readonly level: 1 | 2 | 3
  readonly amount: string
}
export interface ShareRow extends Period {
  readonly code: string
  readonly insutype: Insutype
  readonly share: string
}
export interface PriceRow {
  readonly code: string
  readonly priced: Pick<CatalogueItem, 'pric' | 'barcode' | 'medins_list_codg' | 'unit' | 'drug_id'>
}

type Insutype = NonNullable<CatalogueItem['pre_pay']>[number]['insutype']

export interface ListRows {
  readonly '1312': ListingRow
  readonly '1316': MatchRow
  readonly '1317': OwnCodeRow
  readonly '1318': CeilingOfRow
  readonly '1319': ShareRow
  readonly prices: PriceRow
}

/** Left out on purpose: what is void, and what holds in another division. */
export type Passed = 'void' | 'other-division'

export function readListRow<Of extends ListShape>(shape: Of, cell: CellOf, division: string | undefined): ListRows[Of] | CellProblem | Passed {
  const row = new RowCheck(cell)
  if (shape !== 'prices') {
    if (row.flag('vali_flag') === '0') return 'void'
    const region = cell('insu_admdvs')
    if (division !== undefined && region !== '' && !isWithin(division, region)) return 'other-division'
  }
  const read = READERS[shape](row)
  return row.problem ?? read
}

/** A row of a province or a city, "430000", "430100", speaks for the divisions below it. */
const isWithin = (division: string, region: string): boolean => division.startsWith(region.replace(/(00){1,2}$/, ''))

const READERS: { readonly [Of in ListShape]: (row: RowCheck) => ListRows[Of] } = {
  '1312': (row) => ({
    code: row.text('hilist_code', 50),
    ...row.period('begndate', 'enddate'),
    listed: {
      name: row.text('hilist_name', 200),
      med_chrgitm_type: chargeType(row),
      chrgitm_lv: required(row, 'chrgitm_lv', row.oneOf('chrgitm_lv', CLASSES)),
      lmt_used_flag: row.flag('lmt_used_flag'),
      restriction: row.optional('memo', 500),
      kind: row.oneOf('list_type', KINDS) ?? undefined
    }
  }),
  '1316': (row) => ({ code: row.text('med_list_codg', 50), hilist: row.text('hilist_code', 50), ...row.period('begndate', 'enddate') }),
  '1317': (row) => ({ code: row.text('med_list_codg', 50), own: row.text('medins_list_codg', 150), ...row.period('begndate', 'enddate') }),
  '1318': (row) => ({
    code: row.text('hilist_code', 50),
    level: required(row, 'hilist_lmtpric_type', row.oneOf('hilist_lmtpric_type', LEVELS)) ?? 1,
    ...dated(row),
    amount: required(row, 'hilist_pric_uplmt_amt', row.price('hilist_pric_uplmt_amt')) ?? ''
  }),
  '1319': (row) => {
    // 20 is what a fund pays, 30 depends on the price: neither is a pre-self-pay share.
    if (required(row, 'selfpay_prop_type', row.oneOf('selfpay_prop_type', { '10': '10', '20': '20', '30': '30' })) !== '10') {
      row.refuse('selfpay_prop_type', 'must be 10, a pre-self-pay share; no other kind is known here')
    }
    return {
      code: row.text('hilist_code', 50),
      insutype: required(row, 'selfpay_prop_psn_type', row.oneOf('selfpay_prop_psn_type', INSUTYPES)) ?? '99',
      ...dated(row),
      share: required(row, 'selfpay_prop', row.ratio('selfpay_prop')) ?? ''
    }
  },
  prices: (row) => ({
    code: row.text('med_list_codg', 50),
    priced: {
      medins_list_codg: row.optional('medins_list_codg', 150),
      pric: required(row, 'pric', row.price('pric')),
      barcode: digitsOf(row, 'barcode', /^\d{8,14}$/, 'must be the 8 to 14 digits of a barcode'),
      unit: row.optional('unit', 20),
      drug_id: digitsOf(row, 'drug_id', /^\d{7}$/, 'must be 7 digits')
    }
  })
}

/** Ceilings and shares that hold since when, nobody may guess. */
function dated(row: RowCheck): Period {
  const period = row.period('begndate', 'enddate')
  required(row, 'begndate', period.from)
  return period
}

function required<Value>(row: RowCheck, column: string, value: Value | undefined): Value | undefined {
  if (value === undefined) row.refuse(column, 'this column is required')
  return value
}

function chargeType(row: RowCheck): string {
  const type = row.text('med_chrgitm_type', 2)
  if (!/^(0[1-9]|1[0-4])$/.test(type)) row.refuse('med_chrgitm_type', 'must be a charge type from "01" to "14"')
  return type
}

function digitsOf(row: RowCheck, column: string, pattern: RegExp, rule: string): string | undefined {
  const digits = row.optional(column, 20)
  if (digits !== undefined && !pattern.test(digits)) row.refuse(column, rule)
  return digits
}

const CLASSES = { '01': '01', '02': '02', '03': '03', '04': '04' } as const
/** Both forms stand in the specification (H T555, T579). */
const LEVELS = { '1': 1, '2': 2, '3': 3, '01': 1, '02': 2, '03': 3 } as const
const INSUTYPES = { '310': '310', '320': '320', '330': '330', '340': '340', '350': '350', '360': '360', '370': '370', '380': '380', '390': '390', '391': '391', '392': '392', '399': '399', '410': '410', '510': '510', '99': '99' } as const
/** list_type (H T421); 101 is said by the charge type. */
const KINDS: Readonly<Record<string, ItemKind | undefined>> = {
  '101': undefined, '102': 'pieces', '103': 'own-preparation', '104': 'patent', '105': 'other', '106': 'granules', '201': 'service', '301': 'consumable'
}
