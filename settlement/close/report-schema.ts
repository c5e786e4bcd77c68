/**
 * A close report as it is signed, kept and read again years later: plain JSON, every amount a decimal string, codes and
 * numbers instead of sentences. Whoever shows it finds the words. A field is never given another meaning: a report that
 * needs one is of the next version.
 */

import { z } from 'zod'
import { RESOLUTIONS } from './resolution.ts'

export const REPORT_VERSION = 1

const amount = z.string().regex(/^-?\d+\.\d{2}$/)
const time = z.string().regex(/^\d{14}$/)
const count = z.int().nonnegative()
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const moneyRow = z.strictObject({ row: z.string(), kind: z.literal('money'), till: amount.nullable(), ledger: amount.nullable(), cards: amount.nullable(), centre: amount.nullable() })
const countRow = z.strictObject({ row: z.string(), kind: z.literal('count'), till: count.nullable(), ledger: count.nullable(), cards: count.nullable(), centre: count.nullable() })

const groupSums = z.strictObject({ count, medfee_sumamt: amount, fund_pay_sumamt: amount, acct_pay: amount, psn_cash_pay: amount })

const resolutionSchema = z.strictObject({
  resolution: z.enum(RESOLUTIONS),
  /** Stands by itself: nobody has chosen another. */
  standing: z.boolean(),
  by: z.string(),
  person: z.string(),
  note: z.string(),
  at: time.nullable()
})

const entrySchema = z.strictObject({ sequence: z.int().positive(), what: z.enum(['settlement', 'refund', 'load']), id: z.string(), since: time })

const itemSchema = z.strictObject({
  /** Stays as long as the item does. */
  item: z.string(),
  kind: z.enum(['centre-not-asked', 'unsynced', 'parked', 'in-doubt', 'owed-to-card', 'adjusted', 'only-here', 'only-centre', 'amounts-differ', 'card', 'totals-differ', 'drawer']),
  /** What of its kind it is: a reason, a finding, what is missing. */
  code: z.string(),
  id: z.string().nullable(),
  amount: amount.nullable(),
  since: time.nullable(),
  /** Values by name, for the sentence. */
  facts: z.record(z.string(), z.string()),
  /** By name: of unsynced entries. */
  entries: z.array(entrySchema),
  resolution: resolutionSchema.nullable()
})

const drawerSchema = z.strictObject({
  float: amount.nullable(),
  cash_in: amount,
  cash_refunded: amount,
  /** Of adjustments; handed back when negative. */
  collected: amount.nullable(),
  expected: amount.nullable(),
  counted: amount.nullable(),
  difference: amount.nullable()
})

export const reportSchema = z.strictObject({
  report: z.literal('caresettle-close'),
  version: z.literal(REPORT_VERSION),
  institution: z.strictObject({ code: z.string(), name: z.string() }),
  /** As enrolled; a till without a centre is called by its own name. */
  terminal: z.string(),
  day,
  closed_at: time,
  period: z.strictObject({
    /** Number of the close before, 0 when there is none. */
    after: count,
    /** Number and hash of the last fact that was counted. */
    to: count,
    head: z.string(),
    from: time.nullable(),
    until: time.nullable(),
    settlements: count,
    refunds: count,
    adjustments: count,
    loads: count
  }),
  rows: z.array(z.discriminatedUnion('kind', [moneyRow, countRow])),
  groups: z.array(z.strictObject({ insutype: z.string(), clr_type: z.string(), ledger: groupSums, centre: groupSums.nullable() })),
  /** Double entry: they sum to zero. */
  entries: z.array(z.strictObject({ account: z.string(), amount })),
  drawer: drawerSchema,
  cards: z.strictObject({ debits: count, debited: amount, without_tac: count, loads: count, loaded: amount }),
  centre: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('not-connected') }),
    z.strictObject({ kind: z.literal('not-reached'), reason: z.string(), detail: z.string() }),
    z.strictObject({ kind: z.literal('answered'), from: day, to: day, matched: count, unmatched: count })
  ]),
  unconfirmed: z.strictObject({ count, since: time.nullable() }),
  items: z.array(itemSchema),
  /** Decided in this period about what is no longer open. */
  settled: z.array(z.strictObject({ item: z.string(), resolution: z.enum(RESOLUTIONS), by: z.string(), person: z.string(), note: z.string(), at: time })),
  charts: z.strictObject({
    by_fund: z.array(z.strictObject({ fund: z.string(), amount })),
    by_class: z.array(z.strictObject({ chrgitm_lv: z.string(), amount })),
    by_hour: z.array(z.strictObject({ hour: z.string(), settlements: count, total: amount }))
  }),
  /** The close that this one takes the place of, and what is another than it was. */
  reopened: z
    .strictObject({
      close: z.int().positive(),
      closed_at: time,
      reopened_at: time,
      reason: z.string(),
      changes: z.array(z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }))
    })
    .nullable(),
  /** null: nobody has signed it. */
  signer: z.strictObject({ algorithm: z.literal('Ed25519'), key: z.enum(['terminal', 'local']), public_key: z.string() }).nullable()
})

export type CloseReport = z.output<typeof reportSchema>
export type ReportItem = CloseReport['items'][number]
