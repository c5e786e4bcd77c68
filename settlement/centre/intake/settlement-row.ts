/** What is booked, as a row; and its opposite, for a correction. */

import { FUNDS, type Amounts } from '../../calculation/settlement-result.ts'
import { writeAmounts, writeCounters } from '../../batch/money-fields.ts'
import type { Counters } from '../../calculation/counters.ts'
import type { LedgerLine } from '../../ledger/fact.ts'
import { fen, formatFen, negate, parseFen, ZERO, type Fen } from '../../money/fen.ts'
import { clearingType } from '../../wire/clearing.ts'
import type { SettlementAmountColumns, SettlementRow } from '../store/schema.ts'

export interface Booking {
  readonly setlId: string
  readonly terminal: string
  readonly sequence: number
  readonly settlementId: string
  readonly institution: string
  readonly visitNo: string
  readonly mdtrtId: string | undefined
  readonly psnNo: string
  readonly insutype: string
  readonly psnType: string
  readonly medType: string
  readonly setlTime: string
  /** 14 digits. */
  readonly begntime: string
  readonly year: number
  readonly region: string
  readonly policyVersion: string
  readonly amounts: Amounts
  readonly cardRef: number
  readonly cardSerial: number
  /** What no card signs twice. */
  readonly cardSigned: string
  readonly proof: SettlementRow['proof']
  /** When other amounts are booked. */
  readonly stated: { readonly amounts: Amounts; readonly counters: Counters } | undefined
  /** undefined: as the hold has them, which is kept. */
  readonly lines: readonly LedgerLine[] | undefined
}

/** Every column by name: a centre makes one of these for each settlement, and objects that are put together from others cost it more. */
export function settlementRow(booking: Booking): SettlementRow {
  const { amounts } = booking
  const { funds } = amounts
  return {
    setl_id: booking.setlId,
    source: 'terminal',
    terminal: booking.terminal,
    sequence: booking.sequence,
    medins_setl_id: booking.settlementId,
    institution: booking.institution,
    visit_no: booking.visitNo,
    mdtrt_id: booking.mdtrtId ?? null,
    psn_no: booking.psnNo,
    insutype: booking.insutype,
    psn_type: booking.psnType,
    med_type: booking.medType,
    clr_type: clearingType(booking.medType),
    setl_time: booking.setlTime,
    begntime: booking.begntime,
    year: booking.year,
    region: booking.region,
    policy_version: booking.policyVersion,
    total: amounts.total,
    own_pay: amounts.ownPay,
    over_ceiling: amounts.overCeiling,
    pre_pay: amounts.prePay,
    in_scope: amounts.inScope,
    deductible: amounts.deductible,
    hifp_pay: funds.hifp_pay,
    hifob_pay: funds.hifob_pay,
    hifmi_pay: funds.hifmi_pay,
    hifes_pay: funds.hifes_pay,
    cvlserv_pay: funds.cvlserv_pay,
    hifdm_pay: funds.hifdm_pay,
    maf_pay: funds.maf_pay,
    oth_pay: funds.oth_pay,
    fund_paid: amounts.fundPaid,
    personal: amounts.personal,
    account: amounts.account,
    mutual_aid: amounts.mutualAid,
    cash: amounts.cash,
    hospital: amounts.hospital,
    card_ref: booking.cardRef,
    proof: booking.proof,
    reversed_by: null,
    reverses: null,
    stated: booking.stated === undefined ? null : statedText(booking.stated),
    lines: booking.lines === undefined ? NO_LINES : linesText(booking.lines),
    card_serial: booking.cardSerial,
    card_signed: booking.cardSigned
  }
}

/** Every amount with the opposite sign, under the number of what takes the settlement back. */
export function reversalRow(
  booked: SettlementRow,
  by: { readonly setlId: string; readonly terminal: string; readonly sequence: number; readonly correctionId: string; readonly setlTime: string }
): SettlementRow {
  return {
    ...booked,
    setl_id: by.setlId,
    source: 'terminal',
    terminal: by.terminal,
    sequence: by.sequence,
    medins_setl_id: by.correctionId,
    setl_time: by.setlTime,
    ...negated(booked),
    reversed_by: null,
    reverses: booked.setl_id,
    stated: null,
    lines: reversedLines(booked.lines),
    card_serial: null,
    card_signed: null
  }
}

/** The columns of amounts, in the order of the table. */
const COLUMNS = [
  'total',
  'own_pay',
  'over_ceiling',
  'pre_pay',
  'in_scope',
  'deductible',
  ...FUNDS,
  'fund_paid',
  'personal',
  'account',
  'mutual_aid',
  'cash',
  'hospital'
] as const satisfies readonly (keyof SettlementAmountColumns)[]

const negated = (row: SettlementAmountColumns): SettlementAmountColumns =>
  Object.fromEntries(COLUMNS.map((column) => [column, negate(fen(row[column]))])) as Record<(typeof COLUMNS)[number], Fen>

const statedText = ({ amounts, counters }: { readonly amounts: Amounts; readonly counters: Counters }): string =>
  JSON.stringify({ amounts: writeAmounts(amounts), counters: writeCounters(counters) })

const NO_LINES = '[]'

/** A line of `lines`: number, code, name, then amount, own pay, over ceiling, pre-self-pay, in scope, in yuan. */
export const linesText = (lines: readonly LedgerLine[]): string =>
  JSON.stringify(
    lines.map(({ lineNo, itemCode, itemName, amount, ownPay, overCeiling, prePay, inScope }) => [
      lineNo,
      itemCode,
      itemName,
      formatFen(amount),
      formatFen(ownPay),
      formatFen(overCeiling),
      formatFen(prePay),
      formatFen(inScope)
    ])
  )

/** What `linesText` wrote. */
export const linesOf = (text: string): LedgerLine[] =>
  (JSON.parse(text) as string[][]).map(([lineNo = '', itemCode = '', itemName = '', ...amounts]) => {
    const [amount = ZERO, ownPay = ZERO, overCeiling = ZERO, prePay = ZERO, inScope = ZERO] = amounts.map((yuan) => parseFen(yuan) ?? ZERO)
    return { lineNo, itemCode, itemName, amount, ownPay, overCeiling, prePay, inScope }
  })

const reversedLines = (text: string): string =>
  linesText(
    linesOf(text).map((line) => ({
      ...line,
      amount: negate(line.amount),
      ownPay: negate(line.ownPay),
      overCeiling: negate(line.overCeiling),
      prePay: negate(line.prePay),
      inScope: negate(line.inScope)
    }))
  )
