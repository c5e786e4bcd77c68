/** 3201 totals and 3202 details, by the centre's setl_time, over everything of record that was not undone by 2601. */

import { sql } from 'kysely'
import { ok, refuse, type Result } from '../../../../base/result.ts'
import { date } from '../../../calendar/business-date.ts'
import { fen, FEN_MAX, formatFen, parseFen, type Fen } from '../../../money/fen.ts'
import { isAskedFor } from '../../reconcile/record-query.ts'
import type { SettlementRow } from '../../store/schema.ts'
import { readTextFile, writeTextFile, type TextRow } from '../file/text-file.ts'
import type { Fields } from '../envelope/fields.ts'
import type { Profile } from '../profile/profile.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import { storeFile } from './files.ts'
import { resolveAnswers } from './lost-answer.ts'
import { newId, type Call, type Done } from './transaction.ts'

export async function reconcileTotals(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const rows = await rowsAskedFor(call, node, refundedOf(node))
  if (!rows.ok) return rows
  const centre = {
    count: rows.value.length,
    sums: [sumOf(rows.value, 'total'), sumOf(rows.value, 'fund_paid'), sumOf(rows.value, 'account')]
  }
  const institution = {
    count: Number(node.text('fixmedins_setl_cnt')),
    sums: [node.amount('medfee_sumamt'), node.amount('fund_pay_sumamt'), node.amount('acct_pay')]
  }
  const outcome = compared(centre, institution)
  const [total, fund, account] = centre.sums.map(formatFen)
  const stated = {
    setl_optins: node.text('setl_optins'),
    stmt_rslt: call.profile.stmt_rslt[outcome],
    stmt_rslt_dscr: `${OUTCOMES[outcome]}：中心 ${centre.count} 笔，总额 ${total}，基金 ${fund}，账户 ${account}`
  }
  return ok({ output: { ...stated, stmtinfo: stated } })
}

type Outcome = keyof Profile['stmt_rslt']

const OUTCOMES: Readonly<Record<Outcome, string>> = { equal: '平', centre_more: '不平，中心多', institution_more: '不平，机构多', differs: '不平，数据不一致' }

interface Side {
  readonly count: number
  readonly sums: readonly Fen[]
}

function compared(centre: Side, institution: Side): Outcome {
  if (centre.count > institution.count) return 'centre_more'
  if (centre.count < institution.count) return 'institution_more'
  return centre.sums.every((sum, index) => sum === institution.sums[index]) ? 'equal' : 'differs'
}

const sumOf = (rows: readonly SettlementRow[], column: 'total' | 'fund_paid' | 'account'): Fen =>
  fen(rows.reduce((sum, row) => sum + row[column], 0))

type Refunded = 'with' | 'without'

/** refd_setl_flag 0 leaves refunded pairs out, 1 counts both rows. */
const refundedOf = (node: Fields): Refunded =>
  (node.text('refd_setl_flag') === '' ? node.text('fixmedins_refd_setl_flag') : node.text('refd_setl_flag')) === '0' ? 'without' : 'with'

/** Days included; a group that is not named is not asked for. */
async function rowsAskedFor(call: Call, node: Fields, refunded: Refunded): Promise<Result<readonly SettlementRow[], NationalRefusal>> {
  const [from, to] = [node.text('stmt_begndate'), node.text('stmt_enddate')]
  if (to < from) return refuse(badField('stmt_enddate', to, `must not lie before stmt_begndate ${from} 结束日期早于开始日期`))
  const named = (field: string): string | undefined => (node.text(field) === '' ? undefined : node.text(field))
  const rows = await call.db
    .selectFrom('settlement')
    .where(
      isAskedFor({
        institution: call.institution.fixmedins_code,
        from: date(from),
        to: date(to),
        insutype: named('insutype'),
        clrType: named('clr_type'),
        clrOptins: named('setl_optins'),
        refunded
      })
    )
    .where(sql<boolean>`not exists (select 1 from national_booking where national_booking.setl_id = settlement.setl_id and technical = 1)`)
    .orderBy('setl_time')
    .orderBy('setl_id')
    .selectAll()
    .execute()
  return ok(rows)
}

/** A row of the uploaded file (H T150). */
interface StatedRow {
  readonly setlId: string
  readonly mdtrtId: string
  readonly psnNo: string
  readonly sums: readonly Fen[]
  readonly refunded: string
}

const COLUMNS = ['setl_id', 'mdtrt_id', 'psn_no', 'medfee_sumamt', 'fund_pay_sumamt', 'acct_pay', 'refd_setl_flag'] as const

export async function reconcileDetails(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const number = node.text('file_qury_no')
  const institution = call.institution.fixmedins_code
  const file = await call.db
    .selectFrom('national_file')
    .where('file_qury_no', '=', number)
    .where('institution', '=', institution)
    .select('content')
    .executeTakeFirst()
  if (file === undefined) return refuse(badState('file_qury_no', number, 'no file of this institution: upload it by 9101 first 对账文件不存在'))
  const read = readTextFile(new Uint8Array(file.content))
  if (!read.ok) return refuse(badState('file_qury_no', number, read.error))
  const stated = statedRows(read.value)
  if (!stated.ok) return stated
  // The file has both rows of a refund, whatever the flag says: the centre must know them to find them.
  const rows = await rowsAskedFor(call, node, 'with')
  if (!rows.ok) return rows
  const { results, centreOnly } = matched(call.profile, stated.value, rows.value, refundedOf(node))
  await resolveAnswers(call.db, centreOnly)
  const id = newId(call)
  const stored = await storeFile(call, { id, filename: `${id}.txt.zip`, content: writeTextFile(`${id}.txt`, results), institution })
  const answer = { file_qury_no: stored.file_qury_no, filename: stored.filename, dld_endtime: stored.endsAt }
  return ok({ output: { ...answer, fileinfo: answer }, warning: sumsWarning(node, stated.value) })
}

const SUMS = ['medfee_sumamt', 'fund_pay_sumamt', 'acct_pay'] as const

/** The call states what its file comes to; refunded pairs come to nothing. */
function sumsWarning(node: Fields, stated: readonly StatedRow[]): string {
  const wrong = SUMS.map((field, index) => ({ field, sum: stated.reduce((sum, { sums }) => sum + (sums[index] ?? 0), 0) })).find(
    // acct_pay may be left out.
    ({ field, sum }) => node.text(field) !== '' && node.amount(field) !== sum
  )
  if (wrong === undefined) return ''
  const comeTo = Math.abs(wrong.sum) > FEN_MAX ? 'more than this centre counts' : formatFen(fen(wrong.sum))
  return `${wrong.field} ${node.text(wrong.field)}: the rows of the file come to ${comeTo} 与对账文件合计不符`
}

function statedRows(rows: readonly TextRow[]): Result<readonly StatedRow[], NationalRefusal> {
  const stated: StatedRow[] = []
  const data = rows[0]?.[0] === COLUMNS[0] ? rows.slice(1) : rows
  for (const [index, row] of data.entries()) {
    const at = (column: string): string => `file line ${index + 1} ${column}`
    if (row.length < COLUMNS.length || row.slice(COLUMNS.length).some((cell) => cell !== '')) return refuse(badState(at('columns'), String(row.length), `must be ${COLUMNS.length}: ${COLUMNS.join(' ')} 列数不符`))
    const [setlId = '', mdtrtId = '', psnNo = '', total = '', fund = '', account = '', refunded = ''] = row
    const sums = [total, fund, account].map((text) => parseFen(text === '' ? '0' : text))
    const bad = sums.indexOf(undefined)
    if (bad >= 0) return refuse(badState(at(COLUMNS[bad + 3] ?? ''), row[bad + 3], 'must be an amount N16,2 须为金额'))
    if (!['0', '1'].includes(refunded)) return refuse(badState(at('refd_setl_flag'), refunded, 'must be 0 or 1 须为0或1'))
    stated.push({ setlId, mdtrtId, psnNo, sums: sums.flatMap((sum) => (sum === undefined ? [] : [sum])), refunded })
  }
  return ok(stated)
}

/**
 * Every row of the file, then what only the centre has: without setl_id and mdtrt_id, with the msgid that 2601 asks for (H
 * T151). Without refunded pairs, a pair is told only when the file has one half of it: the other is what its sender lacks.
 */
function matched(profile: Profile, stated: readonly StatedRow[], rows: readonly SettlementRow[], refunded: Refunded) {
  const left = new Map(rows.map((row) => [row.setl_id, row]))
  const results = stated.map((line): TextRow => {
    const row = centreRow(left, line)
    if (row !== undefined) left.delete(row.setl_id)
    return resultRow(profile, line, row)
  })
  const isFound = new Set(rows.flatMap(({ setl_id }) => (left.has(setl_id) ? [] : [setl_id])))
  const centreOnly = [...left.values()].filter(({ reverses, reversed_by }) => {
    const other = reverses ?? reversed_by
    return refunded === 'with' || other === null || isFound.has(other)
  })
  return {
    results: [...results, ...centreOnly.map((row) => resultRow(profile, undefined, row))],
    centreOnly: centreOnly.map(({ setl_id }) => setl_id)
  }
}

/** A refund's row may name itself, or the settlement that it takes back. */
function centreRow(left: ReadonlyMap<string, SettlementRow>, { setlId, sums }: StatedRow): SettlementRow | undefined {
  const named = left.get(setlId)
  const isNegative = sums.some((sum) => sum < 0)
  if (named !== undefined && (!isNegative || named.reverses !== null)) return named
  const refund = isNegative ? [...left.values()].find(({ reverses }) => reverses === setlId) : undefined
  return refund ?? named
}

function resultRow({ stmt_rslt, reversible }: Profile, line: StatedRow | undefined, row: SettlementRow | undefined): TextRow {
  const centre = row === undefined ? undefined : [row.total, row.fund_paid, row.account].map(fen)
  const isEqual = centre !== undefined && row !== undefined && line !== undefined && centre.every((sum, index) => sum === line.sums[index]) && isSameRow(line, row)
  const outcome: Outcome = line === undefined ? 'centre_more' : row === undefined ? 'institution_more' : isEqual ? 'equal' : 'differs'
  const sums = (centre ?? line?.sums ?? []).map(formatFen)
  return [
    row?.psn_no ?? line?.psnNo ?? '',
    line?.mdtrtId ?? '',
    line?.setlId ?? '',
    row?.medins_setl_id ?? '',
    stmt_rslt[outcome],
    row === undefined ? (line?.refunded ?? '') : row.reverses === null ? '0' : '1',
    outcome === 'centre_more' && row !== undefined && !isReversible(reversible, row) ? BOOK_IT : MEMOS[outcome],
    ...sums
  ]
}

/** A terminal's settlement may name no visit; whoever was refunded later may say so of both rows. */
const isSameRow = ({ psnNo, mdtrtId, refunded }: StatedRow, { psn_no, mdtrt_id, reverses, reversed_by }: SettlementRow): boolean =>
  psnNo === psn_no && (mdtrt_id === null || mdtrtId === mdtrt_id) && (reverses !== null ? refunded === '1' : refunded === '0' || reversed_by !== null)

/** By 2601: a settlement of this interface that stands, and in some provinces what took one back. */
const isReversible = (reversible: Profile['reversible'], { source, reverses, reversed_by }: SettlementRow): boolean =>
  source === 'national' && reversed_by === null && (reverses === null || reversible.some((infno) => CANCELS.has(infno)))

const CANCELS: ReadonlySet<string> = new Set(['2103', '2208'])

const BOOK_IT = '中心有、机构无：请补记'

const MEMOS: Readonly<Record<Outcome, string>> = {
  equal: '一致',
  centre_more: '中心有、机构无：可用msgid冲正，或补记',
  institution_more: '机构有、中心无',
  differs: '金额、人员、就诊或退费标志不一致，以中心为准'
}
