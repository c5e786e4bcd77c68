/** Totals by the hour in SQLite: the rows that are kept, and the same recomputed from what is one row a fact. */

import type { Database } from 'better-sqlite3'
import { mergeTotals } from '../../ledger/day-totals.ts'
import type { DayTotal } from '../../ledger/ledger-views.ts'
import { amountsOf, INDEPENDENT_COLUMNS, type IndependentCells } from './amount-columns.ts'

type TotalRow = IndependentCells & {
  readonly hour: string
  readonly insurance_type: string
  readonly med_type: string
  readonly person_type: string
  readonly settlements: number
  readonly corrections: number
  readonly adjustments: number
}

export interface HourTotals {
  readonly kept: (from: string, to: string) => readonly DayTotal[]
  readonly proved: (from: string, to: string) => readonly DayTotal[]
}

export function hourTotals(database: Database): HourTotals {
  const rowsOf = (sql: string) => {
    const statement = database.prepare<[string, string], TotalRow>(sql)
    return (from: string, to: string): DayTotal[] => statement.all(firstHour(from), lastHour(to)).map(dayTotal)
  }
  const kept = rowsOf(
    'SELECT * FROM hour_total WHERE hour BETWEEN ? AND ? ORDER BY hour, insurance_type, med_type, person_type'
  )
  const proofs = [ADJUSTED, correctedFrom('posting', 1), correctedFrom('adjustment', 0)].map(rowsOf)
  const usual = database.prepare<[string, string], TotalRow & { readonly unusual: number }>(POSTED)
  const unusual = rowsOf(POSTED_UNUSUAL)
  const posted = (from: string, to: string): DayTotal[] => {
    const rows = usual.all(firstHour(from), lastHour(to))
    const others = rows.some((row) => row.unusual > 0) ? unusual(from, to) : []
    return [...rows.map(dayTotal), ...others]
  }
  return { kept, proved: (from, to) => mergeTotals([posted, ...proofs].flatMap((proof) => proof(from, to))) }
}

/** Funds that seldom pay: the index has all of them as one number, which is zero when none does. */
const UNUSUAL = ['hifob_pay', 'hifmi_pay', 'hifes_pay', 'hifdm_pay', 'maf_pay', 'oth_pay'] as const
const isUnusual = (column: string): boolean => UNUSUAL.some((unusual) => unusual === column)
const ANY_UNUSUAL = UNUSUAL.join(' | ')

const sums = (sign: '' | '-', table: string): string =>
  INDEPENDENT_COLUMNS.map((column) => `sum(${sign}${table}.${column}) AS ${column}`).join(', ')

/** The sums of some columns, and zero for the others. */
const sumsOf = (isSummed: (column: string) => boolean): string =>
  INDEPENDENT_COLUMNS.map((column) => (isSummed(column) ? `sum(${column}) AS ${column}` : `0 AS ${column}`)).join(', ')

/** In the order of the index, which holds everything that is asked: no sorting, and no row of the table is read. */
const POSTED = `
  SELECT substr(posted_at, 1, 10) AS hour, insurance_type, med_type, person_type,
    count(*) AS settlements, 0 AS corrections, 0 AS adjustments, ${sumsOf((column) => !isUnusual(column))},
    count(nullif(${ANY_UNUSUAL}, 0)) AS unusual
  FROM posting INDEXED BY posting_hour
  WHERE substr(posted_at, 1, 10) BETWEEN ? AND ?
  GROUP BY substr(posted_at, 1, 10), insurance_type, med_type, person_type`

/** Of the postings in which one of those funds pays, which are counted above. */
const POSTED_UNUSUAL = `
  SELECT substr(posted_at, 1, 10) AS hour, insurance_type, med_type, person_type,
    0 AS settlements, 0 AS corrections, 0 AS adjustments, ${sumsOf(isUnusual)}
  FROM posting INDEXED BY posting_hour
  WHERE substr(posted_at, 1, 10) BETWEEN ? AND ? AND (${ANY_UNUSUAL}) <> 0
  GROUP BY substr(posted_at, 1, 10), insurance_type, med_type, person_type`

const ADJUSTED = `
  SELECT substr(adjusted_at, 1, 10) AS hour, insurance_type, med_type, person_type,
    0 AS settlements, 0 AS corrections, count(*) AS adjustments, ${sums('', 'adjustment')}
  FROM adjustment JOIN posting USING (hold)
  WHERE substr(adjusted_at, 1, 10) BETWEEN ? AND ?
  GROUP BY 1, 2, 3, 4`

/** A correction turns its posting round, and what had been adjusted of it; it counts once. */
const correctedFrom = (source: 'posting' | 'adjustment', counts: 0 | 1): string => `
  SELECT substr(corrected_at, 1, 10) AS hour, posting.insurance_type, posting.med_type, posting.person_type,
    0 AS settlements, ${counts} * count(*) AS corrections, 0 AS adjustments, ${sums('-', source)}
  FROM correction JOIN posting USING (hold)${source === 'adjustment' ? ' JOIN adjustment USING (hold)' : ''}
  WHERE substr(corrected_at, 1, 10) BETWEEN ? AND ?
  GROUP BY 1, 2, 3, 4`

/** "2023-09-15" as the first and the last hour of that day. */
const firstHour = (day: string): string => `${day.replaceAll('-', '')}00`
const lastHour = (day: string): string => `${day.replaceAll('-', '')}23`

const dayTotal = (row: TotalRow): DayTotal => ({
  day: `${row.hour.slice(0, 4)}-${row.hour.slice(4, 6)}-${row.hour.slice(6, 8)}`,
  hour: Number.parseInt(row.hour.slice(8), 10),
  insuranceType: row.insurance_type,
  medType: row.med_type,
  personType: row.person_type,
  settlements: row.settlements,
  corrections: row.corrections,
  adjustments: row.adjustments,
  amounts: amountsOf(row)
})
