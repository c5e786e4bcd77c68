/**
 * The centre's rows of this terminal, page by page over the signed link, and proved by its totals: pages between which a row
 * came in, or that lost one, do not add up to what the centre says they come to, and are asked for again.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CentreBooks, NotReached } from '../../../settlement/close/ports.ts'
import type { RecordRow, RowSums } from '../../../settlement/close/rows.ts'
import { fen, parseFen, type Fen } from '../../../settlement/money/fen.ts'
import type { LinkFailure } from '../../../settlement/sync/link.ts'
import { detailsSchema, totalsSchema, type DetailsWire, type DetailWire, type TotalsWire } from '../../../settlement/wire/record-rows.ts'
import type { AskSigned } from '../sync/centre-link.ts'
import { documentOf } from '../sync/centre-request.ts'

/** Rows of a day at the busiest till, many times over. */
const PAGES_MAX = 400
const ATTEMPTS_MAX = 3

/** `ask` answers undefined while this till was set offline. */
export function centreBooks(ask: () => AskSigned | undefined): CentreBooks {
  return {
    rows: async (from, to) => {
      const signed = ask()
      return signed === undefined ? notReached('paused', '') : rowsBetween(signed, from, to)
    }
  }
}

async function rowsBetween(ask: AskSigned, from: string, to: string): Promise<Result<readonly RecordRow[], NotReached>> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const totals = await askFor(ask, `/v1/totals?from=${from}&to=${to}`, readTotals)
    if (!totals.ok) return totals
    const rows = await allRows(ask, from, to)
    if (!rows.ok) return rows
    if (isProved(rows.value, totals.value)) return ok(rows.value.map(rowOf))
  }
  return notReached('details-differ', `totals and details of ${from} to ${to}`)
}

async function allRows(ask: AskSigned, from: string, to: string): Promise<Result<readonly DetailWire[], NotReached>> {
  const rows: DetailWire[] = []
  let after = ''
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const details: Result<DetailsWire, NotReached> = await askFor(ask, `/v1/details?from=${from}&to=${to}${after}`, readDetails)
    if (!details.ok) return details
    rows.push(...details.value.rows)
    if (details.value.next === null) return ok(rows)
    after = `&after=${encodeURIComponent(details.value.next)}`
  }
  return notReached('too-many-rows', `${rows.length}`)
}

function isProved(rows: readonly DetailWire[], { totals }: TotalsWire): boolean {
  const fields = ['medfee_sumamt', 'fund_pay_sumamt', 'acct_pay', 'psn_cash_pay'] as const
  const sumOf = (all: readonly Pick<DetailWire, (typeof fields)[number]>[], field: (typeof fields)[number]): number =>
    all.reduce((sum, row) => sum + amountOf(row[field]), 0)
  const count = totals.reduce((sum, { fixmedins_setl_cnt }) => sum + fixmedins_setl_cnt, 0)
  return count === rows.length && fields.every((field) => sumOf(rows, field) === sumOf(totals, field))
}

async function askFor<Value>(ask: AskSigned, path: string, read: (json: unknown) => Result<Value, string>): Promise<Result<Value, NotReached>> {
  const answer = await ask({ method: 'GET', path })
  const document = answer.ok ? documentOf(answer.value, read) : answer
  return document.ok ? document : notReached(document.error.kind, detailOf(document.error))
}

function readTotals(json: unknown): Result<TotalsWire, string> {
  const totals = totalsSchema.safeParse(json)
  return totals.success ? ok(totals.data) : refuse('totals that are none')
}

function readDetails(json: unknown): Result<DetailsWire, string> {
  const details = detailsSchema.safeParse(json)
  return details.success ? ok(details.data) : refuse('details that are none')
}

function detailOf(failure: LinkFailure): string {
  switch (failure.kind) {
    case 'network-down':
    case 'centre-down':
      return failure.cause
    case 'clock-skew':
      return failure.centreTime
    case 'too-many':
      return ''
    case 'refused':
      return failure.message === '' ? failure.reason : failure.message
    default:
      return failure satisfies never
  }
}

const notReached = (reason: string, detail: string): { readonly ok: false; readonly error: NotReached } => refuse({ kind: 'not-reached', reason, detail })

/** The schema has seen that it is one. */
const amountOf = (text: string): Fen => parseFen(text) ?? fen(0)

const rowOf = (row: DetailWire): RecordRow => ({
  id: row.medins_setl_id,
  setlId: row.setl_id,
  setlTime: row.setl_time,
  insuranceType: row.insutype,
  clearingType: row.clr_type,
  sums: sumsOf(row),
  reverses: row.reverses ?? undefined,
  reversedBy: row.reversed_by ?? undefined,
  posting: postingOf(row)
})

const sumsOf = (row: DetailWire): RowSums => ({
  total: amountOf(row.medfee_sumamt),
  fundPaid: amountOf(row.fund_pay_sumamt),
  account: amountOf(row.acct_pay),
  cash: amountOf(row.psn_cash_pay)
})

function postingOf({ posting }: DetailWire): RecordRow['posting'] {
  if (posting === null) return undefined
  const { sequence, hash, source, tac, mac2, serial_after, balance_after, posted_at } = posting
  return {
    sequence,
    hash,
    evidence: {
      source,
      tac: tac ?? undefined,
      mac2: mac2 ?? undefined,
      serialAfter: serial_after,
      balanceAfter: balance_after === null ? undefined : amountOf(balance_after)
    },
    postedAt: posted_at
  }
}
