/** Totals by the hour in SQLite: the rows that are kept, and the same recomputed from what is one row a fact. */

import type { Database } from 'better-sqlite3'
import { dayOfTime } from '../../calendar/written-time.ts'
import { mergeTotals } from '../../ledger/day-totals.ts'
import type { DayTotal } from '../../ledger/ledger-views.ts'
import { amountsOf, INDEPENDENT_COLUMNS, type IndependentCells } from './amount-columns.ts'
import { beyondWord, sumOfWords, UNUSUAL, WORDS } from './amount-words.ts'
import { POSTING_KEY } from './posting-key.ts'

interface TotalCodes {
  readonly hour: string
  readonly insurance_type: string
  readonly med_type: string
  readonly person_type: string
}

interface TotalCounts {
  readonly settlements: number
  readonly corrections: number
  readonly adjustments: number
}

type TotalRow = TotalCodes & TotalCounts & IndependentCells

export interface HourTotals {
  readonly kept: (from: string, to: string) => readonly DayTotal[]
  readonly proved: (from: string, to: string) => readonly DayTotal[]
}

export function hourTotals(database: Database): HourTotals {
  const rowsOf = (sql: string, end: (day: string) => string = lastHour) => {
    const statement = database.prepare<[string, string], TotalRow>(sql)
    return (from: string, to: string): DayTotal[] => statement.all(firstHour(from), end(to)).map(dayTotal)
  }
  const kept = rowsOf(
    'SELECT * FROM hour_total WHERE hour BETWEEN ? AND ? ORDER BY hour, insurance_type, med_type, person_type'
  )
  const proofs = [
    postedRows(database),
    rowsOf(UNUSUALLY_POSTED, hourAfter),
    ...[ADJUSTED, correctedFrom('posting', 1), correctedFrom('adjustment', 0)].map((sql) => rowsOf(sql))
  ]
  return { kept, proved: (from, to) => mergeTotals(proofs.flatMap((proof) => proof(from, to))) }
}

const sums = (sign: '' | '-', table: string): string =>
  INDEPENDENT_COLUMNS.map((column) => `${sign}sum(${table}.${column}) AS ${column}`).join(', ')

function postedRows(database: Database): (from: string, to: string) => DayTotal[] {
  const groups = database.prepare<{ from: string; to: string }, TotalCodes & { readonly words: Uint8Array | null }>(POSTED)
  return (from, to) =>
    groups.all({ from: firstHour(from), to: hourAfter(to) }).map(({ words, ...codes }) => {
      const { count, cells } = sumOfWords(words)
      return dayTotal({ ...codes, settlements: count, corrections: 0, adjustments: 0, ...cells })
    })
}

/**
 * Each key of the index once, by a search for what follows the last one, which costs a third less than to have every row
 * compared with the one before; then its words, and the codes of one posting that has it.
 */
const POSTED = `
  WITH RECURSIVE grouped (key) AS (
    SELECT min(${POSTING_KEY}) FROM posting INDEXED BY posting_hour WHERE ${POSTING_KEY} >= :from AND ${POSTING_KEY} < :to
    UNION ALL
    SELECT (SELECT min(${POSTING_KEY}) FROM posting INDEXED BY posting_hour WHERE ${POSTING_KEY} > key AND ${POSTING_KEY} < :to)
    FROM grouped WHERE key IS NOT NULL
  )
  SELECT substr(posted_at, 1, 10) AS hour, insurance_type, med_type, person_type,
    (SELECT CAST(group_concat(${WORDS}) AS BLOB) FROM posting INDEXED BY posting_hour WHERE ${POSTING_KEY} = key) AS words
  FROM grouped JOIN posting ON hold = (SELECT hold FROM posting INDEXED BY posting_hour WHERE ${POSTING_KEY} = key LIMIT 1)`

const UNUSUALLY_POSTED = `
  SELECT substr(posted_at, 1, 10) AS hour, insurance_type, med_type, person_type,
    0 AS settlements, 0 AS corrections, 0 AS adjustments, ${INDEPENDENT_COLUMNS.map((column) => `sum(${beyondWord(column)}) AS ${column}`).join(', ')}
  FROM posting INDEXED BY posting_unusual
  WHERE ${POSTING_KEY} >= ? AND ${POSTING_KEY} < ? AND ${UNUSUAL}
  GROUP BY ${POSTING_KEY}`

const ADJUSTED = `
  SELECT substr(adjusted_at, 1, 10) AS hour, insurance_type, med_type, person_type,
    0 AS settlements, 0 AS corrections, count(*) AS adjustments, ${sums('', 'adjustment')}
  FROM adjustment JOIN posting USING (hold)
  WHERE substr(adjusted_at, 1, 10) BETWEEN ? AND ?
  GROUP BY 1, 2, 3, 4`

/** A correction turns its posting round, and what had been adjusted of it; it counts once. */
const correctedFrom = (source: 'posting' | 'adjustment', counts: 0 | 1): string => `
  WITH corrected AS MATERIALIZED (
    SELECT hold, substr(corrected_at, 1, 10) AS hour FROM correction WHERE substr(corrected_at, 1, 10) BETWEEN ? AND ?
  )
  SELECT hour, posting.insurance_type, posting.med_type, posting.person_type,
    0 AS settlements, ${counts} * count(*) AS corrections, 0 AS adjustments, ${sums('-', source)}
  FROM corrected JOIN posting USING (hold)${source === 'adjustment' ? ' JOIN adjustment USING (hold)' : ''}
  GROUP BY 1, 2, 3, 4`

/** "2023-09-15" as the first and the last hour of that day. */
const firstHour = (day: string): string => `${day.replaceAll('-', '')}00`
const lastHour = (day: string): string => `${day.replaceAll('-', '')}23`
/** Above every text that begins with an hour of that day. */
const hourAfter = (day: string): string => `${day.replaceAll('-', '')}24`

const dayTotal = (row: TotalRow): DayTotal => ({
  day: dayOfTime(row.hour),
  hour: Number.parseInt(row.hour.slice(8), 10),
  insuranceType: row.insurance_type,
  medType: row.med_type,
  personType: row.person_type,
  settlements: row.settlements,
  corrections: row.corrections,
  adjustments: row.adjustments,
  amounts: amountsOf(row)
})
