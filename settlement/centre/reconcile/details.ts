/**
 * What 3202 is about: the rows of record themselves, in the order of the centre's clock, a page at a time. A row that came
 * from a terminal carries the posting's place in that terminal's chain and the card's evidence, so that a terminal that lost
 * the fact, or never got it written, can write the very same one.
 */

import { sql } from 'kysely'
import { invariant } from '../../../base/invariant.ts'
import { fen, type Fen } from '../../money/fen.ts'
import type { DebitEvidence } from '../../payment/payment-device.ts'
import { ChainCopy } from '../record/chain-copy.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import { isAskedFor, type RecordQuery } from './record-query.ts'

export const DETAILS_PAGE_MAX = 500

export interface DetailsQuery extends RecordQuery {
  /** `next` of the page before. */
  readonly after?: DetailsPlace | undefined
  /** At most DETAILS_PAGE_MAX. */
  readonly limit: number
}

/** The last row that was given out. */
export interface DetailsPlace {
  readonly setlTime: string
  readonly setlId: string
}

export interface DetailOfRecord {
  readonly setlId: string
  readonly medinsSetlId: string
  readonly mdtrtId: string | undefined
  readonly psnNo: string
  readonly setlTime: string
  readonly insutype: string
  readonly medType: string
  readonly clrType: string
  readonly clrOptins: string
  readonly total: Fen
  readonly fundPaid: Fen
  readonly account: Fen
  readonly cash: Fen
  /** setl_id of the row that this one takes back, and of the row that takes this one back. */
  readonly reverses: string | undefined
  readonly reversedBy: string | undefined
  readonly terminal: string | undefined
  readonly posting: PostingOfRecord | undefined
}

export interface PostingOfRecord {
  readonly sequence: number
  /** 64 hex digits. */
  readonly hash: string
  readonly evidence: DebitEvidence
  readonly postedAt: string
}

export interface DetailsPage {
  readonly rows: readonly DetailOfRecord[]
  /** undefined at the end. */
  readonly next: DetailsPlace | undefined
}

export async function detailsOfRecord(db: CentreQueries, query: DetailsQuery): Promise<DetailsPage> {
  const { limit, after } = query
  invariant(Number.isSafeInteger(limit) && limit >= 1 && limit <= DETAILS_PAGE_MAX, `a page of ${limit} rows: 1 to ${DETAILS_PAGE_MAX}`)
  const rows = await pageOf(db, query, after).limit(limit + 1).execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const copy = new ChainCopy(db)
  const details: DetailOfRecord[] = []
  for (const row of page) details.push(detailOf(row, await postingOf(copy, row)))
  return {
    rows: details,
    next: rows.length > limit && last !== undefined ? { setlTime: last.setl_time, setlId: last.setl_id } : undefined
  }
}

const pageOf = (db: CentreQueries, query: DetailsQuery, after: DetailsPlace | undefined) =>
  db
    .selectFrom(db.selectFrom('settlement').where(isAskedFor(query)).selectAll().as('row'))
    .$if(after !== undefined, (rows) =>
      rows.where(sql<boolean>`(${sql.ref('row.setl_time')}, ${sql.ref('row.setl_id')}) > (${after?.setlTime}, ${after?.setlId})`)
    )
    .orderBy('row.setl_time')
    .orderBy('row.setl_id')
    .select([
      'row.setl_id', 'row.medins_setl_id', 'row.mdtrt_id', 'row.psn_no', 'row.setl_time', 'row.insutype', 'row.med_type',
      'row.clr_type', 'row.region', 'row.total', 'row.fund_paid', 'row.account', 'row.cash', 'row.reverses', 'row.reversed_by',
      'row.terminal', 'row.sequence'
    ])

type DetailRow = Awaited<ReturnType<ReturnType<typeof pageOf>['execute']>>[number]

const detailOf = (row: DetailRow, posting: PostingOfRecord | undefined): DetailOfRecord => ({
  setlId: row.setl_id,
  medinsSetlId: row.medins_setl_id,
  mdtrtId: row.mdtrt_id ?? undefined,
  psnNo: row.psn_no,
  setlTime: row.setl_time,
  insutype: row.insutype,
  medType: row.med_type,
  clrType: row.clr_type,
  clrOptins: row.region,
  total: fen(row.total),
  fundPaid: fen(row.fund_paid),
  account: fen(row.account),
  cash: fen(row.cash),
  reverses: row.reverses ?? undefined,
  reversedBy: row.reversed_by ?? undefined,
  terminal: row.terminal ?? undefined,
  posting
})

/** A row that a terminal has asked for without a fact names the posting that it takes back, and is none. */
async function postingOf(copy: ChainCopy, { reverses, terminal, sequence }: DetailRow): Promise<PostingOfRecord | undefined> {
  if (reverses !== null || terminal === null || sequence === null) return undefined
  const kept = await copy.fact(terminal, sequence)
  if (kept?.fact.kind !== 'posting') return undefined
  return { sequence, hash: kept.hash, evidence: kept.fact.evidence, postedAt: kept.fact.postedAt }
}
