/**
 * Which packs left the house by which settlement. A trace code that is sold twice does not stop a settlement (H 3505A): the goods
 * are gone, and two tills that have not heard of each other could not know. It is told to whoever supervises, as a gap in
 * a card's serials is: from what is there, so that a correction settles it by coming.
 *
 * The packs of terminals stand in one table with those of the national interface, so that one may give the other away.
 */

import { sql } from 'kysely'
import type { ClaimLine } from '../../calculation/claim.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import type { NationalTraceCodeRow } from '../store/national-schema.ts'

/** Those that lines sell, less those that lines of the same claim bring back; none for nearly every bill of a hospital. */
export function packRows(setlId: string, lines: readonly ClaimLine[]): NationalTraceCodeRow[] {
  const traced = lines.filter(({ packs }) => packs.length > 0)
  if (traced.length === 0) return []
  const back = new Set(traced.flatMap(({ returnOf, packs }) => (returnOf === undefined ? [] : packs.map((pack) => keyOf(returnOf, pack.traceCode)))))
  const rows = new Map<string, NationalTraceCodeRow>()
  for (const { lineNo, packs } of traced.filter(({ quantity }) => quantity > 0)) {
    for (const { traceCode, isSplit } of packs) {
      const key = keyOf(lineNo, traceCode)
      // Two units of one split pack are one row.
      if (!back.has(key)) rows.set(key, { setl_id: setlId, feedetl_sn: lineNo, drug_trac_codg: traceCode, trdn_flag: isSplit ? '1' : '0' })
    }
  }
  return [...rows.values()]
}

const keyOf = (lineNo: string, code: string): string => `${lineNo}\n${code}`

/** One of the settlements that have handed over the same pack. */
export interface RepeatedPack {
  readonly code: string
  /** medins_setl_id */
  readonly settlementId: string
  readonly institution: string
  /** 14 digits, the centre's clock. */
  readonly setlTime: string
  readonly isSplit: boolean
}

/**
 * Packs that lie in more than one settlement that was not taken back, unless each of them sold a part; by code, the earliest
 * settlement first.
 */
export async function repeatedPacks(db: CentreQueries, limit: number): Promise<RepeatedPack[]> {
  const found = await sql<Omit<RepeatedPack, 'isSplit'> & { readonly flag: string }>`
    select pack.drug_trac_codg as "code", booked.medins_setl_id as "settlementId", booked.institution as "institution",
      booked.setl_time as "setlTime", min(pack.trdn_flag) as "flag"
    from national_trace_code as pack join settlement as booked on booked.setl_id = pack.setl_id
    where booked.reversed_by is null and pack.drug_trac_codg in (
      select each_pack.drug_trac_codg
      from national_trace_code as each_pack join settlement as each_booked on each_booked.setl_id = each_pack.setl_id
      where each_booked.reversed_by is null
      group by each_pack.drug_trac_codg
      having count(distinct each_pack.setl_id) > 1 and min(each_pack.trdn_flag) <> '1'
    )
    group by pack.drug_trac_codg, booked.setl_id, booked.medins_setl_id, booked.institution, booked.setl_time
    order by pack.drug_trac_codg, booked.setl_time, booked.setl_id
    limit ${limit}`.execute(db)
  return found.rows.map(({ flag, ...pack }) => ({ ...pack, isSplit: flag === '1' }))
}
