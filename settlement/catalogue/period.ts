/** Periods of the catalogue: both days belong to it, and what has no day is open on that side. Days are compared as text. */

export interface Period {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export const holdsOn = ({ from, to }: Period, on: string): boolean => (from === undefined || from <= on) && (to === undefined || on <= to)

export const overlap = (left: Period, right: Period): boolean =>
  (left.from === undefined || right.to === undefined || left.from <= right.to) &&
  (right.from === undefined || left.to === undefined || right.from <= left.to)

export const describePeriod = ({ from, to }: Period): string => `${from ?? '...'} to ${to ?? '...'}`

interface Dated {
  readonly valid_from?: string | undefined
  readonly valid_to?: string | undefined
}

export const periodOf = ({ valid_from, valid_to }: Dated): Period => ({ from: valid_from, to: valid_to })

/** Earliest first; what has no beginning before everything else. */
export const byBeginning = (left: Dated, right: Dated): number => {
  const [first, second] = [left.valid_from ?? '', right.valid_from ?? '']
  return first < second ? -1 : first > second ? 1 : 0
}

/**
 * Of the rows of one code, earliest first: the one that holds on the day; before the first the first, in a gap or after the
 * last the one that ended before. Without a day the last one.
 */
export function rowOn<Row extends Dated>(rows: readonly Row[], on: string | undefined): Row | undefined {
  if (on === undefined) return rows.at(-1)
  return rows.findLast(({ valid_from }) => valid_from === undefined || valid_from <= on) ?? rows[0]
}
