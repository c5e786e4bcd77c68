/** Books a settlement on the accounts of record: the row, the year's counters, the personal account, the lines. */

import type { Calculation } from '../../../calculation/calculation.ts'
import { FUNDS, type Amounts, type Fund } from '../../../calculation/settlement-result.ts'
import { fen, negate, subtract } from '../../../money/fen.ts'
import { clearingType } from '../../../wire/clearing.ts'
import { moveAccounts, moveCounters } from '../../record/accounts.ts'
import type { CentreTransaction } from '../../store/centre-database.ts'
import type { SettlementAmountColumns, SettlementRow } from '../../store/schema.ts'
import { timeDigits } from '../../../calendar/written-time.ts'
import type { Call } from '../transaction/transaction.ts'
import type { Row } from './setlinfo.ts'
import type { Prepared, Treatment } from './treatment.ts'

export interface Booking {
  readonly setlId: string
  readonly visitNo: string
  readonly treatment: Treatment
  readonly prepared: Prepared
  readonly calculation: Calculation
  readonly setlinfo: Row
  readonly setldetail: readonly Row[]
}

export async function book(call: Call, booking: Booking): Promise<void> {
  const { db, now, envelope, institution, profile } = call
  const { treatment, prepared, calculation, setlId } = booking
  const { insurance, medType, mdtrtId } = treatment
  const { amounts, counters } = calculation
  await db
    .insertInto('settlement')
    .values({
      ...NOT_OF_A_TERMINAL,
      setl_id: setlId,
      medins_setl_id: envelope.msgid,
      institution: institution.fixmedins_code,
      visit_no: booking.visitNo,
      mdtrt_id: mdtrtId,
      psn_no: insurance.psn_no,
      insutype: insurance.insutype,
      psn_type: insurance.psn_type,
      med_type: medType,
      clr_type: clearingType(medType, profile.clr_type),
      setl_time: now.time,
      begntime: timeDigits(treatment.begntime),
      year: prepared.year,
      region: calculation.region,
      policy_version: calculation.policyVersion,
      ...amountColumns(amounts),
      reversed_by: null,
      reverses: null,
      lines: JSON.stringify(linesOf(calculation))
    })
    .execute()
  await db
    .insertInto('national_booking')
    .values({
      setl_id: setlId,
      infno: envelope.infno,
      technical: 0,
      cancels: null,
      setlinfo: JSON.stringify(booking.setlinfo),
      setldetail: JSON.stringify(booking.setldetail),
      counters: JSON.stringify(counters),
      line_numbers: JSON.stringify(calculation.lines.map(({ lineNo }) => lineNo))
    })
    .execute()
  const { psn_no, insutype, insuplc_admdvs } = insurance
  await moveCounters(db, Object.entries(counters).map(([counter, amount]) => ({ psn_no, insutype, year: prepared.year, counter, amount })))
  await moveAccounts(db, [{ psn_no, insutype, insuplc_admdvs, balc: subtract(amounts.mutualAid, amounts.account) }])
  await holdLines(db, mdtrtId, calculation.lines.map(({ lineNo }) => lineNo), setlId)
}

export const NOT_OF_A_TERMINAL = {
  source: 'national',
  terminal: null,
  sequence: null,
  card_ref: null,
  card_serial: null,
  card_signed: null,
  proof: 'none',
  stated: null
} as const satisfies Partial<SettlementRow>

/** null frees them. */
export async function holdLines(db: CentreTransaction, mdtrtId: string, numbers: readonly string[], setlId: string | null): Promise<void> {
  for (const number of numbers) {
    await db.updateTable('national_line').set({ setl_id: setlId }).where('mdtrt_id', '=', mdtrtId).where('feedetl_sn', '=', number).execute()
  }
}

export function amountColumns({ funds, ...amounts }: Amounts): SettlementAmountColumns {
  return {
    total: amounts.total,
    own_pay: amounts.ownPay,
    over_ceiling: amounts.overCeiling,
    pre_pay: amounts.prePay,
    in_scope: amounts.inScope,
    deductible: amounts.deductible,
    ...funds,
    fund_paid: amounts.fundPaid,
    personal: amounts.personal,
    account: amounts.account,
    mutual_aid: amounts.mutualAid,
    cash: amounts.cash,
    hospital: amounts.hospital
  }
}

const AMOUNT_COLUMNS = [
  'total', 'own_pay', 'over_ceiling', 'pre_pay', 'in_scope', 'deductible', ...FUNDS,
  'fund_paid', 'personal', 'account', 'mutual_aid', 'cash', 'hospital'
] as const satisfies readonly (keyof SettlementAmountColumns)[]

/** The amounts of a row with every sign turned. */
export function turnedAmounts(row: SettlementAmountColumns): SettlementAmountColumns {
  const turned = Object.fromEntries(AMOUNT_COLUMNS.map((column) => [column, negate(fen(row[column]))]))
  return { ...row, ...turned } satisfies SettlementAmountColumns & Partial<Record<Fund, number>>
}

const linesOf = ({ lines }: Calculation) =>
  lines.map(({ lineNo, amount, ownPay, overCeiling, prePay, inScope, line }) => ({
    lineNo,
    itemCode: line.medListCodg ?? '',
    itemName: line.name ?? '',
    amount,
    ownPay,
    overCeiling,
    prePay,
    inScope
  }))
