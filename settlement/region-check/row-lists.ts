/** Every list of rows in a policy of which the first that holds decides, with the condition under which it is asked. */

import { limitsOf } from '../policy/policy-counters.ts'
import { OFF_SITE_FILINGS, type OffSiteFiling } from '../policy/policy-parts.ts'
import type { Policy } from '../policy/policy-schema.ts'
import type { When } from '../policy/row-schema.ts'

export interface ListedRow {
  readonly path: string
  readonly when: When | undefined
  readonly source: string
  readonly certainty: string
  /** The row's value in words. */
  readonly value: string
}

export interface RowList {
  readonly path: string
  readonly rows: readonly ListedRow[]
  /** The list is asked only where this holds. */
  readonly within: When | undefined
  /** Care elsewhere by this filing is what the list is for; undefined: not a list for care elsewhere. */
  readonly filing: OffSiteFiling | undefined
}

type AnyRow = { readonly when?: When | undefined; readonly source: string; readonly certainty: string }

export function rowListsOf(policy: Policy): readonly RowList[] {
  const { deductible, bands, supplements, limits, classes, off_site: offSite } = policy
  return [
    ...(deductible === undefined ? [] : [listOf('deductible.rows', deductible.rows, ({ amount }) => amount)]),
    ...bands.flatMap((band, index) => [
      listOf(`bands[${index}].ratio`, band.ratio, ({ ratio }) => ratio, band.when),
      ...limitsOf(band).map((limit, at) => listOf(Array.isArray(band.limit) ? `bands[${index}].limit[${at}].rows` : `bands[${index}].limit.rows`, limit.rows, limitValue, band.when))
    ]),
    ...supplements.flatMap((supplement, index) => [
      listOf(`supplements[${index}].rows`, supplement.rows, ({ tiers }) => tiers.map(({ above, ratio }) => `>${above}: ${ratio}`).join(', '), supplement.when),
      ...(supplement.limit === undefined ? [] : [listOf(`supplements[${index}].limit.rows`, supplement.limit.rows, limitValue, supplement.when)])
    ]),
    ...(limits.bill === undefined ? [] : [listOf('limits.bill', limits.bill, limitValue)]),
    ...['01', '02', '03', '04'].map((level) => numbered('classes', classes, ({ chrgitm_lv }) => chrgitm_lv === level, ({ selfpay_prop, pays }) => selfpay_prop ?? pays ?? '')),
    ...OFF_SITE_FILINGS.map((filing) => ({
      ...numbered('off_site', offSite ?? [], (row) => row.filing.includes(filing), ({ points, pre_pay: prePay }) => `${points ?? '0'} / ${prePay ?? '0'}`),
      filing
    }))
  ].filter(({ rows }) => rows.length > 0)
}

const limitValue = ({ amount }: { readonly amount: string | null }): string => amount ?? 'none'

function listOf<Row extends AnyRow>(path: string, rows: readonly Row[], value: (row: Row) => string, within?: When): RowList {
  return { path, within, filing: undefined, rows: rows.map((row, index) => listed(row, `${path}[${index}]`, value(row))) }
}

/** Of a list that several parameters share: those that are one parameter's, under their own numbers. */
const numbered = <Row extends AnyRow>(path: string, rows: readonly Row[], belongs: (row: Row) => boolean, value: (row: Row) => string): RowList => ({
  path,
  within: undefined,
  filing: undefined,
  rows: rows.flatMap((row, index) => (belongs(row) ? [listed(row, `${path}[${index}]`, value(row))] : []))
})

const listed = ({ when, source, certainty }: AnyRow, path: string, value: string): ListedRow => ({ path, when, source, certainty, value })

/** Every row once, in the order of the document. */
export const rowsOf = (policy: Policy): readonly ListedRow[] =>
  [...new Map(rowListsOf(policy).flatMap(({ rows }) => rows).map((row) => [row.path, row])).values()]
