/**
 * Totals and details of record as the centre's own interface gives them (`GET /v1/totals`, `GET /v1/details`): the content of
 * 3201 and 3202 under the national names, amounts as decimal strings. The centre writes it, a terminal checks it.
 */

import { z } from 'zod'

const amount = z.string().regex(/^-?\d{1,10}\.\d{2}$/)
const time = z.string().regex(/^\d{14}$/)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const code = z.string().max(64)

const sums = {
  medfee_sumamt: amount,
  fund_pay_sumamt: amount,
  acct_pay: amount,
  psn_cash_pay: amount
}

const totalSchema = z.strictObject({ insutype: code, clr_type: code, clr_optins: code, fixmedins_setl_cnt: z.int().nonnegative(), ...sums })

export const totalsSchema = z.strictObject({ from: day, to: day, totals: z.array(totalSchema) })

/** Of the terminal that sent it: where it stands in its chain, and what the card gave. */
const postingSchema = z.strictObject({
  sequence: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  source: z.enum(['debit-answer', 'transaction-prove', 'transaction-log']),
  tac: code.nullable(),
  mac2: code.nullable(),
  serial_after: z.int().nonnegative(),
  balance_after: amount.nullable(),
  posted_at: time
})

const detailSchema = z.strictObject({
  setl_id: code,
  medins_setl_id: code,
  mdtrt_id: code.nullable(),
  psn_no: code,
  setl_time: time,
  insutype: code,
  med_type: code,
  clr_type: code,
  clr_optins: code,
  ...sums,
  refd_setl_flag: z.enum(['0', '1']),
  /** setl_id of the row that this one takes back, and of the row that takes this one back. */
  reverses: code.nullable(),
  reversed_by: code.nullable(),
  terminal: code.nullable(),
  posting: postingSchema.nullable()
})

export const detailsSchema = z.strictObject({
  from: day,
  to: day,
  rows: z.array(detailSchema),
  /** Hand it back as `after` to go on; null at the end. */
  next: z.string().max(100).nullable()
})

export type TotalsWire = z.output<typeof totalsSchema>
export type DetailsWire = z.output<typeof detailsSchema>
export type DetailWire = DetailsWire['rows'][number]
