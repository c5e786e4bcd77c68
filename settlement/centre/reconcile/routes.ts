/**
 * GET /v1/totals and GET /v1/details: what a terminal compares its day with. Both are asked for days of the centre's
 * setl_time; a terminal sees its own rows, or with `terminal=all` those of its institution, for which it settles.
 */

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { parseDate, type BusinessDate } from '../../calendar/business-date.ts'
import { formatFen, type Fen } from '../../money/fen.ts'
import type { DetailsWire, DetailWire, TotalsWire } from '../../wire/record-rows.ts'
import type { CentrePorts } from '../ports.ts'
import { callerOf, type Caller } from '../serve/caller.ts'
import { refusal, sendRefusal, type RequestRefusal } from '../serve/refusal.ts'
import { DETAILS_PAGE_MAX, detailsOfRecord, type DetailOfRecord, type DetailsPlace, type PostingOfRecord } from './details.ts'
import type { RecordQuery } from './record-query.ts'
import { totalsOfRecord, type TotalOfRecord } from './totals.ts'

const day = z.string().transform((text, context): BusinessDate | typeof z.NEVER => {
  const parsed = parseDate(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'must be a day YYYY-MM-DD' })
  return z.NEVER
})

const PLACE = /^(?<setlTime>\d{14})-(?<setlId>[\w-]{1,64})$/

const querySchema = z.strictObject({
  from: day,
  to: day,
  terminal: z.enum(['own', 'all']).default('own'),
  /** refd_setl_flag of 3201: whether refunded pairs are counted. */
  refunded: z.enum(['with', 'without']).default('with'),
  insutype: z.string().max(6).optional(),
  clr_type: z.string().max(6).optional(),
  clr_optins: z.string().max(64).optional()
})

const detailsQuerySchema = querySchema.extend({
  after: z.string().regex(PLACE, 'must be `next` of the page before').optional(),
  limit: z.coerce.number().int().min(1).max(DETAILS_PAGE_MAX).default(DETAILS_PAGE_MAX)
})

type Query = z.output<typeof querySchema>

export function registerReconcile(app: FastifyInstance, { database: { db } }: CentrePorts): void {
  app.get('/v1/totals', async (request, reply) => {
    const query = checked(querySchema.safeParse(request.query))
    if (!query.ok) return sendRefusal(reply, query.error)
    const { from, to } = query.value
    const totals = await totalsOfRecord(db, recordQuery(query.value, callerOf(request)))
    return { from, to, totals: totals.map(totalWire) } satisfies TotalsWire
  })
  app.get('/v1/details', async (request, reply) => {
    const query = checked(detailsQuerySchema.safeParse(request.query))
    if (!query.ok) return sendRefusal(reply, query.error)
    const { from, to, after, limit } = query.value
    const page = await detailsOfRecord(db, { ...recordQuery(query.value, callerOf(request)), after: placeOf(after), limit })
    return { from, to, rows: page.rows.map(detailWire), next: page.next === undefined ? null : placeText(page.next) } satisfies DetailsWire
  })
}

const recordQuery = ({ from, to, terminal, refunded, insutype, clr_type, clr_optins }: Query, caller: Caller): RecordQuery => ({
  institution: caller.terminal.institution,
  terminal: terminal === 'own' ? caller.terminal.terminal : undefined,
  from,
  to,
  refunded,
  insutype,
  clrType: clr_type,
  clrOptins: clr_optins
})

function checked<Value extends Query>(query: z.ZodSafeParseResult<Value>): Result<Value, RequestRefusal> {
  if (!query.success) {
    const issue = query.error.issues[0]
    return refuse(malformed(issue?.path.join('.') ?? '', issue?.message ?? 'cannot be read'))
  }
  return query.data.from <= query.data.to ? ok(query.data) : refuse(malformed('to', 'must not lie before from'))
}

const malformed = (field: string, rule: string): RequestRefusal =>
  refusal(400, 'query-malformed', `${field === '' ? 'query' : field}: ${rule}`, { field, rule })

function placeOf(text: string | undefined): DetailsPlace | undefined {
  const { setlTime, setlId } = PLACE.exec(text ?? '')?.groups ?? {}
  return setlTime === undefined || setlId === undefined ? undefined : { setlTime, setlId }
}

const placeText = ({ setlTime, setlId }: DetailsPlace): string => `${setlTime}-${setlId}`

const sumsWire = ({ total, fundPaid, account, cash }: { readonly total: Fen; readonly fundPaid: Fen; readonly account: Fen; readonly cash: Fen }) => ({
  medfee_sumamt: formatFen(total),
  fund_pay_sumamt: formatFen(fundPaid),
  acct_pay: formatFen(account),
  psn_cash_pay: formatFen(cash)
})

const totalWire = (total: TotalOfRecord): TotalsWire['totals'][number] => ({
  insutype: total.insutype,
  clr_type: total.clrType,
  clr_optins: total.clrOptins,
  fixmedins_setl_cnt: total.count,
  ...sumsWire(total)
})

const detailWire = (row: DetailOfRecord): DetailWire => ({
  setl_id: row.setlId,
  medins_setl_id: row.medinsSetlId,
  mdtrt_id: row.mdtrtId ?? null,
  psn_no: row.psnNo,
  setl_time: row.setlTime,
  insutype: row.insutype,
  med_type: row.medType,
  clr_type: row.clrType,
  clr_optins: row.clrOptins,
  ...sumsWire(row),
  refd_setl_flag: row.reverses === undefined && row.reversedBy === undefined ? '0' : '1',
  reverses: row.reverses ?? null,
  reversed_by: row.reversedBy ?? null,
  terminal: row.terminal ?? null,
  posting: row.posting === undefined ? null : postingWire(row.posting)
})

const postingWire = ({ sequence, hash, evidence, postedAt }: PostingOfRecord): NonNullable<DetailWire['posting']> => ({
  sequence,
  hash,
  source: evidence.source,
  tac: evidence.tac ?? null,
  mac2: evidence.mac2 ?? null,
  serial_after: evidence.serialAfter,
  balance_after: evidence.balanceAfter === undefined ? null : formatFen(evidence.balanceAfter),
  posted_at: postedAt
})
