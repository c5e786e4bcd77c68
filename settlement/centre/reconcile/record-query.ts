/**
 * Which rows of record are asked for: those of an institution, or of one of its terminals, between two days of the centre's
 * setl_time, both of them included (H 3201: never by the institution's own clock).
 */

import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { BusinessDate } from '../../calendar/business-date.ts'
import type { CentreSchema } from '../store/schema.ts'

export interface RecordQuery {
  /** fixmedins_code */
  readonly institution: string
  /** Only what this terminal sent; default: the whole institution, also what came in through the national interface. */
  readonly terminal?: string | undefined
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly insutype?: string | undefined
  readonly clrType?: string | undefined
  /** Whose clearing: the division under whose rules was settled. */
  readonly clrOptins?: string | undefined
  /**
   * refd_setl_flag: with refunded pairs, both rows of which are counted, or without, which leaves both out wherever the
   * other one lies. Default: with.
   */
  readonly refunded?: 'with' | 'without' | undefined
}

type Settlements = ExpressionBuilder<CentreSchema, 'settlement'>

export function isAskedFor(query: RecordQuery): (row: Settlements) => ExpressionWrapper<CentreSchema, 'settlement', SqlBool> {
  const { institution, terminal, from, to, insutype, clrType, clrOptins, refunded = 'with' } = query
  return (row) =>
    row.and([
      row('institution', '=', institution),
      row('setl_time', '>=', timeOf(from, '000000')),
      row('setl_time', '<=', timeOf(to, '235959')),
      ...(terminal === undefined ? [] : [row('terminal', '=', terminal)]),
      ...(insutype === undefined ? [] : [row('insutype', '=', insutype)]),
      ...(clrType === undefined ? [] : [row('clr_type', '=', clrType)]),
      ...(clrOptins === undefined ? [] : [row('region', '=', clrOptins)]),
      ...(refunded === 'with' ? [] : [row('reverses', 'is', null), row('reversed_by', 'is', null)])
    ])
}

const timeOf = (day: BusinessDate, clock: string): string => `${day.replaceAll('-', '')}${clock}`
