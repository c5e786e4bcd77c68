/**
 * Totals of days, hour by hour, for each insurance type, kind of visit and kind of person: how movements add up, wherever a
 * store keeps them. A row that has come back to nothing stays: something happened in that hour.
 */

import { dayOfTime } from '../calendar/written-time.ts'
import { addAmounts } from './journal.ts'
import type { DayTotal } from './ledger-views.ts'
import type { Movement } from './ledger-store.ts'

/** 9 of "20230915093005". */
export const hourOf = (time: string): number => Number.parseInt(time.slice(8, 10), 10)

/** What one movement adds. */
export function totalOf({ kind, terms, at, amounts }: Movement): DayTotal {
  const { insuranceType, medType, personType } = terms
  return {
    day: dayOfTime(at),
    hour: hourOf(at),
    insuranceType,
    medType,
    personType,
    settlements: kind === 'settlement' ? 1 : 0,
    corrections: kind === 'correction' ? 1 : 0,
    adjustments: kind === 'adjustment' ? 1 : 0,
    amounts
  }
}

/** Rows of the same hour and codes become one; in order. */
export function mergeTotals(totals: Iterable<DayTotal>): DayTotal[] {
  const merged = new Map<string, DayTotal>()
  for (const total of totals) {
    const key = keyOf(total)
    const other = merged.get(key)
    merged.set(key, other === undefined ? total : sumOf(other, total))
  }
  return [...merged].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, total]) => total)
}

const keyOf = ({ day, hour, insuranceType, medType, personType }: DayTotal): string =>
  [day, String(hour).padStart(2, '0'), insuranceType, medType, personType].join(' ')

const sumOf = (left: DayTotal, right: DayTotal): DayTotal => ({
  ...left,
  settlements: left.settlements + right.settlements,
  corrections: left.corrections + right.corrections,
  adjustments: left.adjustments + right.adjustments,
  amounts: addAmounts(left.amounts, right.amounts)
})
