/**
 * What the rows of an entitlement list (2001 trtinfo, a centre's record) say of one fund on one day. Everybody who reads such rows reads
 * them here: the counter that says what is covered, the bill, and the centre that books it.
 *
 *   - A row for a kind of visit (med_type, or the beginning of one) speaks before a row for all of them.
 *   - Of rows for that day, a no counts before a yes: a suspension lies within a longer entitlement.
 *   - Where no row is for that day, what was given for another time only is not enjoyed, and what was taken away for another time is.
 */

export interface FundRow {
  readonly enjoys: boolean
  /** undefined: every kind of visit. */
  readonly medType: string | undefined
  /** Whether it is for that day. */
  readonly isNow: boolean
}

export interface FundEntitlement<Row> {
  readonly enjoys: boolean
  /** The row that says so; undefined: none is for that day. */
  readonly row: Row | undefined
}

/** `rows`: all of one fund and one insurance. None: nothing is taken away. */
export function fundEntitlement<Row extends FundRow>(rows: readonly Row[], medType: string): FundEntitlement<Row> {
  const about = rows.filter((row) => row.medType === undefined || medType.startsWith(row.medType))
  const now = about.filter(({ isNow }) => isNow)
  const closest = Math.max(...now.map(closeness))
  const telling = now.filter((row) => closeness(row) === closest)
  const row = telling.find(({ enjoys }) => !enjoys) ?? telling[0]
  return { enjoys: row === undefined ? !about.some(({ enjoys }) => enjoys) : row.enjoys, row }
}

const closeness = ({ medType }: FundRow): number => medType?.length ?? 0
