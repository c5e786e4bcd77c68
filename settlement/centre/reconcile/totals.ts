/** What 3201 is about: sums of record for each insurance type, clearing class and clearing division. */

import { sql } from 'kysely'
import { fen, ZERO, type Fen } from '../../money/fen.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import { isAskedFor, type RecordQuery } from './record-query.ts'

export interface RecordSums {
  /** fixmedins_setl_cnt: rows, a refund being one of them. */
  readonly count: number
  /** medfee_sumamt */
  readonly total: Fen
  /** fund_pay_sumamt */
  readonly fundPaid: Fen
  /** acct_pay */
  readonly account: Fen
  /** psn_cash_pay */
  readonly cash: Fen
}

export interface TotalOfRecord extends RecordSums {
  readonly insutype: string
  readonly clrType: string
  readonly clrOptins: string
}

/** Ascending by insutype, clr_type, clr_optins; a group without rows is not there. */
export async function totalsOfRecord(db: CentreQueries, query: RecordQuery): Promise<TotalOfRecord[]> {
  const rows = await db
    .selectFrom('settlement')
    .where(isAskedFor(query))
    .groupBy(['insutype', 'clr_type', 'region'])
    .orderBy('insutype')
    .orderBy('clr_type')
    .orderBy('region')
    .select(['insutype', 'clr_type', 'region', summed('total'), summed('fund_paid'), summed('account'), summed('cash')])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .execute()
  return rows.map((row) => ({
    insutype: row.insutype,
    clrType: row.clr_type,
    clrOptins: row.region,
    count: row.count,
    total: fen(row.total),
    fundPaid: fen(row.fund_paid),
    account: fen(row.account),
    cash: fen(row.cash)
  }))
}

type Summed = 'total' | 'fund_paid' | 'account' | 'cash'

const summed = <Column extends Summed>(column: Column) => sql<number>`SUM(${sql.ref(column)})`.as(column)

export const NOTHING_OF_RECORD: RecordSums = { count: 0, total: ZERO, fundPaid: ZERO, account: ZERO, cash: ZERO }

/** All groups in one. */
export const sumOfRecord = (totals: readonly RecordSums[]): RecordSums =>
  totals.reduce(
    (sum, one) => ({
      count: sum.count + one.count,
      total: fen(sum.total + one.total),
      fundPaid: fen(sum.fundPaid + one.fundPaid),
      account: fen(sum.account + one.account),
      cash: fen(sum.cash + one.cash)
    }),
    NOTHING_OF_RECORD
  )
