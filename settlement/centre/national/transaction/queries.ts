/** 5201 visits, 5203 settlement, 5204 charges, 5206 what the year has used, 5301 chronic diseases, 5302 institutions, 5303 in hospital. */

import { sql } from 'kysely'
import { ok, refuse, type Result } from '../../../../base/result.ts'
import { fen, formatFen } from '../../../money/fen.ts'
import { countersOf } from '../../record/accounts.ts'
import { filingsOf } from '../../record/people.ts'
import type { NationalLineRow } from '../../store/national-schema.ts'
import type { FilingRow } from '../../store/schema.ts'
import { bookedSettlement, lineNumbers, parseRow, parseRows } from '../booking/take-back.ts'
import type { Row } from '../booking/setlinfo.ts'
import { timeDigits } from '../../../calendar/written-time.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import { resolveAnswers } from './lost-answer.ts'
import { personNamed } from './people.ts'
import type { Call, Done } from './transaction.ts'

const UNGRADED = '11'

/** Ends of a period are included; a day ends at its last second. */
const endOf = (time: string): string => (time.length === 10 ? `${timeDigits(time).slice(0, 8)}235959` : timeDigits(time))

export async function visits(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const person = await personNamed(call, node)
  if (!person.ok) return person
  const [medType, mdtrtId] = [node.text('med_type'), node.text('mdtrt_id')]
  const [from, to] = [timeDigits(node.text('begntime')), endOf(node.text('endtime'))]
  if (to < from) return refuse(badField('endtime', node.text('endtime'), 'must not lie before begntime 结束时间早于开始时间'))
  const rows = await call.db
    .selectFrom('national_visit')
    .where('psn_no', '=', node.text('psn_no'))
    .where('institution', '=', call.institution.fixmedins_code)
    .$if(medType !== '', (query) => query.where('med_type', '=', medType))
    .$if(mdtrtId !== '', (query) => query.where('mdtrt_id', '=', mdtrtId))
    .orderBy('begntime')
    .orderBy('mdtrt_id')
    .selectAll()
    .execute()
  const found = rows.filter(({ begntime }) => timeDigits(begntime) >= from && timeDigits(begntime) <= to)
  return ok({
    output: {
      mdtrtinfo: found.map((row) => ({
        mdtrt_id: row.mdtrt_id,
        psn_no: row.psn_no,
        insutype: row.insutype,
        begntime: row.begntime,
        med_type: row.med_type ?? '',
        ipt_otp_no: row.ipt_otp_no,
        dise_codg: row.dise_codg ?? '',
        fixmedins_code: row.institution,
        fixmedins_name: call.institution.fixmedins_name,
        insuplc_admdvs: row.insuplc_admdvs,
        vali_flag: row.state === 'open' ? '1' : '0'
      }))
    }
  })
}

export async function settlement(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const [setlId, mdtrtId] = [node.text('setl_id'), node.text('mdtrt_id')]
  const booked = await bookedSettlement(call, setlId)
  if (booked === undefined || booked.row.institution !== call.institution.fixmedins_code || booked.row.psn_no !== node.text('psn_no')) {
    return refuse(badState('setl_id', setlId, 'no settlement of this person here 结算不存在'))
  }
  if (booked.row.mdtrt_id !== mdtrtId) return refuse(badState('mdtrt_id', mdtrtId, `is not the visit of ${setlId} 就诊与结算不符`))
  await resolveAnswers(call.db, [setlId])
  const { row, booking } = booked
  const level = String(call.institution.level ?? 9)
  return ok({
    output: {
      setlinfo: {
        ...parseRow(booking.setlinfo),
        refd_setl_flag: row.reverses === null && row.reversed_by === null ? '0' : '1',
        year: String(row.year),
        dedc_hosp_lv: level,
        lmtpric_hosp_lv: level === '9' ? '' : level,
        // The centre's level does not tell the classes of a hospital; 11 is none.
        hosp_lv: call.institution.kind === 'pharmacy' ? UNGRADED : '',
        pay_loc: '2',
        fixmedins_code: row.institution,
        fixmedins_name: call.institution.fixmedins_name
      },
      setldetail: parseRows(booking.setldetail)
    }
  })
}

export async function charges(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const [mdtrtId, setlId] = [node.text('mdtrt_id'), node.text('setl_id')]
  const visit = await call.db.selectFrom('national_visit').where('mdtrt_id', '=', mdtrtId).select(['institution', 'psn_no']).executeTakeFirst()
  if (visit === undefined || visit.institution !== call.institution.fixmedins_code || visit.psn_no !== node.text('psn_no')) {
    return refuse(badState('mdtrt_id', mdtrtId, 'no visit of this person here 就诊不存在'))
  }
  const kept = await call.db.selectFrom('national_line').where('mdtrt_id', '=', mdtrtId).orderBy('place').selectAll().execute()
  const lines = setlId === '' ? kept : await linesOf(call, mdtrtId, setlId, kept)
  return ok({
    output: {
      data: lines.map((line) => {
        const sent = parseRow(line.document)
        return {
          mdtrt_id: mdtrtId,
          setl_id: line.setl_id ?? '',
          feedetl_sn: line.feedetl_sn,
          chrg_bchno: line.chrg_bchno,
          med_list_codg: sent['med_list_codg'] ?? '',
          medins_list_codg: sent['medins_list_codg'] ?? '',
          fee_ocur_time: sent['fee_ocur_time'] ?? '',
          cnt: sent['cnt'] ?? '0',
          pric: sent['pric'] ?? '0',
          det_item_fee_sumamt: formatFen(fen(line.amount)),
          fulamt_ownpay_amt: formatFen(fen(line.own_pay)),
          overlmt_amt: formatFen(fen(line.over_ceiling)),
          preselfpay_amt: formatFen(fen(line.pre_pay)),
          inscp_scp_amt: formatFen(fen(line.in_scope))
        }
      })
    }
  })
}

/**
 * Those that a settlement was made of, also when it was cancelled: they are open again then, or another one's, unless they were
 * withdrawn. The row of a cancel has them with the opposite sign.
 */
async function linesOf(call: Call, mdtrtId: string, setlId: string, kept: readonly NationalLineRow[]): Promise<readonly NationalLineRow[]> {
  const booked = await bookedSettlement(call, setlId)
  if (booked === undefined || booked.row.mdtrt_id !== mdtrtId) return []
  const numbers = new Set(lineNumbers(booked.booking))
  const sign = booked.booking.cancels === null ? 1 : -1
  return kept
    .filter(({ feedetl_sn }) => numbers.has(feedetl_sn))
    .map((line) => ({
      ...line,
      setl_id: setlId,
      amount: sign * line.amount,
      own_pay: sign * line.own_pay,
      over_ceiling: sign * line.over_ceiling,
      pre_pay: sign * line.pre_pay,
      in_scope: sign * line.in_scope
    }))
}

/** Counters of record by year; what the account paid, and visits and expense by med_type, from the settlements that stand. */
export async function cumulated(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const person = await personNamed(call, node)
  if (!person.ok) return person
  const [psnNo, month] = [node.text('psn_no'), node.text('cum_ym')]
  if (month !== '' && !/^\d{4}(0[1-9]|1[0-2])$/.test(month)) return refuse(badField('cum_ym', month, 'must be yyyyMM 须为年月'))
  const rows: Row[] = []
  const add = (insutype: string, year: number, code: string | undefined, text: string): void => {
    if (code === undefined || (month !== '' && month.slice(0, 4) !== String(year))) return
    rows.push({ insutype, year: String(year), cum_ym: '', cum_type_code: code, cum: text })
  }
  for (const { insutype, year, counters } of (await countersOf(call.db, [psnNo])).values()) {
    for (const [counter, amount] of Object.entries(counters)) add(insutype, year, call.profile.cum_types[insutype]?.[counter], formatFen(amount))
  }
  const standing = await standingSums(call, psnNo)
  for (const sums of standing) {
    const { insutype, year } = sums
    add(insutype, year, `C0000_BIZ${sums.med_type}`, String(sums.visits))
    add(insutype, year, `F0000_BIZ${sums.med_type}`, formatFen(fen(Number(sums.total))))
  }
  for (const [key, account] of accountSums(standing)) {
    const [insutype = '', year = ''] = key.split(' ')
    add(insutype, Number(year), call.profile.cum_types[insutype]?.['account'], formatFen(fen(account)))
  }
  const warning = month === '' ? '' : `cum_ym ${month}: cumulated here by year; the rows are of all of ${month.slice(0, 4)} 按年累计`
  return ok({ output: { cuminfo: rows }, warning })
}

/** What came through this interface, and what terminals have settled, by the cards that have paid. */
const standingSums = ({ db }: Call, psnNo: string) =>
  db
    .with('of_person', (query) =>
      query
        .selectFrom('settlement')
        .where('source', '=', sql.lit('national' as const))
        .where('psn_no', '=', psnNo)
        .selectAll()
        .unionAll(
          query
            .selectFrom('card')
            .innerJoin('settlement', 'settlement.card_ref', 'card.card_ref')
            .where('card.psn_no', '=', psnNo)
            .where('settlement.card_serial', 'is not', null)
            .selectAll('settlement')
        )
    )
    .selectFrom('of_person')
    .where('reverses', 'is', null)
    .where('reversed_by', 'is', null)
    .groupBy(['insutype', 'year', 'med_type'])
    .orderBy('insutype')
    .orderBy('year')
    .orderBy('med_type')
    .select([
      'insutype',
      'year',
      'med_type',
      sql<number | string>`count(*)`.as('visits'),
      sql<number | string>`sum(total)`.as('total'),
      sql<number | string>`sum(account)`.as('account')
    ])
    .execute()

function accountSums(rows: readonly { readonly insutype: string; readonly year: number; readonly account: number | string }[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { insutype, year, account } of rows) {
    const key = `${insutype} ${year}`
    sums.set(key, (sums.get(key) ?? 0) + Number(account))
  }
  return sums
}

export const chronicDiseases = (call: Call): Promise<Result<Done, NationalRefusal>> =>
  filed(call, 'chronic-disease', 'feedetail', (row) => ({
    opsp_dise_code: row.code,
    opsp_dise_name: row.name,
    begndate: row.begndate,
    enddate: row.enddate ?? ''
  }))

export const designatedInstitutions = (call: Call): Promise<Result<Done, NationalRefusal>> =>
  filed(call, 'designated-institution', 'psnfixmedin', (row, index) => ({
    psn_no: row.psn_no,
    fix_srt_no: String(index + 1),
    fixmedins_code: row.fixmedins_code ?? row.code,
    fixmedins_name: row.name,
    begndate: row.begndate,
    enddate: row.enddate ?? ''
  }))

export const inHospital = (call: Call): Promise<Result<Done, NationalRefusal>> =>
  filed(call, 'in-hospital', 'data', (row) => ({
    psn_no: row.psn_no,
    fixmedins_code: row.fixmedins_code ?? '',
    begntime: row.begndate,
    endtime: row.enddate ?? ''
  }))

async function filed(
  call: Call,
  kind: FilingRow['kind'],
  node: string,
  row: (filing: FilingRow, index: number) => Row
): Promise<Result<Done, NationalRefusal>> {
  const person = await personNamed(call, call.input.node('data'))
  if (!person.ok) return person
  const filings = (await filingsOf(call.db, [person.value.person.psn_no])).filter((filing) => filing.kind === kind)
  return ok({ output: { [node]: filings.map(row) } })
}
