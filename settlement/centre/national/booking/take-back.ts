/**
 * A settlement taken back whole by a row of its own with every amount negative: the account gets its money, the year its
 * deductible and limits, the lines are open again.
 *
 *   cancel (2103, 2208)     business: both rows stay in reconciliation
 *   reversal (2601)         technical: both rows are left out of it, as if the call had never come
 *
 * Reversing a cancel takes the cancel's row back in the same way, and the settlement it had cancelled stands again.
 */

import { invariant } from '../../../../base/invariant.ts'
import { negate, fen, formatFen, parseFen, type Fen } from '../../../money/fen.ts'
import type { Counters } from '../../../calculation/counters.ts'
import { moveAccounts, moveCounters } from '../../record/accounts.ts'
import type { NationalBookingRow } from '../../store/national-schema.ts'
import type { SettlementRow } from '../../store/schema.ts'
import { readableTime } from '../../../calendar/written-time.ts'
import { newId, type Call } from '../transaction/transaction.ts'
import { holdLines, NOT_OF_A_TERMINAL, turnedAmounts } from './book.ts'
import type { Row } from './setlinfo.ts'

export interface Booked {
  readonly row: SettlementRow
  readonly booking: NationalBookingRow
}

export async function bookedSettlement(call: Call, setlId: string): Promise<Booked | undefined> {
  const row = await call.db.selectFrom('settlement').where('setl_id', '=', setlId).selectAll().executeTakeFirst()
  const booking = await call.db.selectFrom('national_booking').where('setl_id', '=', setlId).selectAll().executeTakeFirst()
  return row === undefined || booking === undefined ? undefined : { row, booking }
}

export interface TakenBack {
  readonly setlId: string
  readonly setlinfo: Row
  readonly setldetail: readonly Row[]
}

/** The pair sums to zero in every amount (I9). */
export async function takeBack(call: Call, { row, booking }: Booked, kind: 'cancel' | 'reversal'): Promise<TakenBack> {
  invariant(row.reversed_by === null, 'a settlement is taken back once')
  const setlId = newId(call)
  const { db, envelope, now } = call
  const own = fen(row.account - row.mutual_aid)
  const { psn_no, insutype, year } = row
  await moveAccounts(db, [{ psn_no, insutype, insuplc_admdvs: row.region, balc: own }])
  const setlinfo = turnedInfo(parseRow(booking.setlinfo), { setlId, msgid: envelope.msgid, time: now.time, balance: await balanceOf(call, row) })
  const setldetail = parseRows(booking.setldetail).map(turnedDetail)
  const counters = turnedCounters(parseCounters(booking.counters))
  await db
    .insertInto('settlement')
    .values({
      ...row,
      ...NOT_OF_A_TERMINAL,
      ...turnedAmounts(row),
      setl_id: setlId,
      medins_setl_id: envelope.msgid,
      setl_time: now.time,
      reversed_by: null,
      reverses: row.setl_id
    })
    .execute()
  await db.updateTable('settlement').set({ reversed_by: setlId }).where('setl_id', '=', row.setl_id).execute()
  await db
    .insertInto('national_booking')
    .values({
      setl_id: setlId,
      infno: envelope.infno,
      technical: kind === 'reversal' ? 1 : 0,
      cancels: row.setl_id,
      setlinfo: JSON.stringify(setlinfo),
      setldetail: JSON.stringify(setldetail),
      counters: JSON.stringify(counters),
      line_numbers: booking.line_numbers
    })
    .execute()
  if (kind === 'reversal') await db.updateTable('national_booking').set({ technical: 1 }).where('setl_id', '=', row.setl_id).execute()
  await moveCounters(db, Object.entries(counters).map(([counter, amount]) => ({ psn_no, insutype, year, counter, amount })))
  await holdLines(db, row.mdtrt_id ?? '', lineNumbers(booking), row.reverses === null ? null : booking.cancels)
  return { setlId, setlinfo, setldetail }
}

/**
 * `cancel` is taken back, and what it had cancelled stands as before. The cancel gives up its place as the row that takes that
 * settlement back (`cancels` still tells), so that the settlement can be cancelled again.
 */
export async function revive(call: Call, cancel: Booked): Promise<void> {
  const original = cancel.booking.cancels
  invariant(original !== null, 'a cancel names what it cancelled')
  await takeBack(call, cancel, 'reversal')
  await call.db.updateTable('settlement').set({ reverses: null }).where('setl_id', '=', cancel.row.setl_id).execute()
  await call.db.updateTable('settlement').set({ reversed_by: null }).where('setl_id', '=', original).execute()
}

export const lineNumbers = (booking: NationalBookingRow): readonly string[] => {
  const numbers: unknown = JSON.parse(booking.line_numbers)
  invariant(Array.isArray(numbers), 'line numbers are a list')
  return numbers.map(String)
}

async function balanceOf({ db }: Call, row: SettlementRow): Promise<Fen> {
  const insurance = await db
    .selectFrom('insurance')
    .where('psn_no', '=', row.psn_no)
    .where('insutype', '=', row.insutype)
    .where('insuplc_admdvs', '=', row.region)
    .select('balc')
    .executeTakeFirstOrThrow()
  return fen(insurance.balc)
}

/** Money with its sign turned; what is no sum of money of the settlement stays. */
const MONEY =
  /^(medfee_sumamt|fulamt_ownpay_amt|overlmt_selfpay|preselfpay_amt|inscp_scp_amt|act_pay_dedc|hif\w+_pay|cvlserv_pay|maf_pay|oth_pay|fund_pay_sumamt|psn_part_amt|acct_pay|psn_cash_pay|acct_mulaid_pay|hosp_part_amt)$/

function turnedInfo(info: Row, by: { readonly setlId: string; readonly msgid: string; readonly time: string; readonly balance: Fen }): Row {
  const turned = Object.entries(info).map(([name, value]) => [name, MONEY.test(name) ? turnedText(value) : value])
  return { ...Object.fromEntries(turned), setl_id: by.setlId, medins_setl_id: by.msgid, setl_time: readableTime(by.time), balc: formatFen(by.balance) }
}

const turnedDetail = (row: Row): Row => ({
  ...row,
  inscp_scp_amt: turnedText(row['inscp_scp_amt'] ?? '0'),
  fund_payamt: turnedText(row['fund_payamt'] ?? '0'),
  setl_proc_info: '撤销原结算'
})

function turnedText(text: string): string {
  const amount = parseFen(text)
  invariant(amount !== undefined, 'an answered amount is an amount')
  return formatFen(negate(amount))
}

const turnedCounters = (counters: Counters): Counters => Object.fromEntries(Object.entries(counters).map(([name, amount]) => [name, negate(amount)]))

export const parseRow = (json: string): Row => {
  const value: unknown = JSON.parse(json)
  invariant(typeof value === 'object' && value !== null && !Array.isArray(value), 'a kept answer is an object')
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
}

export const parseRows = (json: string): readonly Row[] => {
  const value: unknown = JSON.parse(json)
  invariant(Array.isArray(value), 'kept rows are a list')
  return value.map((row) => parseRow(JSON.stringify(row)))
}

const parseCounters = (json: string): Counters => {
  const value: unknown = JSON.parse(json)
  invariant(typeof value === 'object' && value !== null, 'kept counters are an object')
  return Object.fromEntries(Object.entries(value).map(([name, amount]) => [name, fen(Number(amount))]))
}
