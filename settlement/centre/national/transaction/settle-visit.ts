/** 2206 pre-settle and 2207 settle of a visit's charges. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { formatFen } from '../../../money/fen.ts'
import type { Amounts } from '../../../calculation/settlement-result.ts'
import type { Calculation } from '../../../calculation/calculation.ts'
import type { NationalVisitRow } from '../../store/national-schema.ts'
import { book } from '../booking/book.ts'
import { totalProblem } from '../booking/charges.ts'
import { lineResult, setldetailOf, setlinfoOf } from '../booking/setlinfo.ts'
import { compute, prepare, type Prepared, type Treatment } from '../booking/treatment.ts'
import { Fields } from '../envelope/fields.ts'
import { isDocument } from '../envelope/check-input.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import { linesOf } from './fee-detail.ts'
import { lostAnswer } from './lost-answer.ts'
import { personPresent } from './people.ts'
import { newId, type Call, type Done } from './transaction.ts'
import { medTypeProblem, placeProblem, REGISTRATION_FEE, visitNamed } from './visit.ts'
import { offSiteProblem, treatmentOf } from './visit-treatment.ts'

/** psn_setlway: a fixed sum instead of the charges. */
const QUOTA = '02'

interface Bill {
  readonly visit: NationalVisitRow
  readonly treatment: Treatment
  readonly prepared: Prepared
  readonly calculation: Calculation
}

export async function preSettle(call: Call): Promise<Result<Done, NationalRefusal>> {
  const bill = await billOf(call)
  if (!bill.ok) return bill
  const { output } = await answered(call, bill.value, '')
  return ok({ output, mdtrtId: bill.value.visit.mdtrt_id })
}

export async function settle(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const bill = await billOf(call)
  if (!bill.ok) return bill
  const { visit, treatment, prepared, calculation } = bill.value
  const lost = await lostAnswer(call, visit.mdtrt_id)
  if (lost !== undefined) return refuse(badState('mdtrt_id', visit.mdtrt_id, lost))
  const wrong = sumsProblem(node, calculation.amounts)
  if (wrong !== undefined) return refuse(wrong)
  const setlId = newId(call)
  const { output, setlinfo, setldetail } = await answered(call, bill.value, setlId)
  await book(call, { setlId, visitNo: visit.ipt_otp_no, treatment, prepared, calculation, setlinfo, setldetail })
  if (treatment.medType !== REGISTRATION_FEE) {
    await call.db.updateTable('national_visit').set({ med_type: treatment.medType }).where('mdtrt_id', '=', visit.mdtrt_id).execute()
  }
  return ok({ output, setlId, mdtrtId: visit.mdtrt_id })
}

async function billOf(call: Call): Promise<Result<Bill, NationalRefusal>> {
  const node = call.input.node('data')
  const insured = await personPresent(call, node)
  if (!insured.ok) return insured
  const visit = await visitNamed(call, node)
  if (!visit.ok) return visit
  const medType = node.text('med_type')
  const wrong = visitProblem(visit.value, node) ?? placeProblem(call, medType) ?? medTypeProblem(visit.value, medType)
  if (wrong !== undefined) return refuse(wrong)
  const lines = await openLines(call, visit.value, node.text('chrg_bchno'))
  if (!lines.ok) return lines
  const otherTotal = totalProblem(node, lines.value, { en: 'the details uploaded', zh: '总金额与已上传明细不符' })
  if (otherTotal !== undefined) return refuse(otherTotal)
  const treatment = await treatmentOf(call, visit.value, { lines: lines.value, medType, acctUsedFlag: node.text('acct_used_flag') })
  if (!treatment.ok) return treatment
  const offSite = offSiteProblem(call, node, treatment.value)
  if (offSite !== undefined) return refuse(offSite)
  const prepared = await prepare(call, treatment.value)
  if (!prepared.ok) return prepared
  const calculation = compute(prepared.value, treatment.value)
  return calculation.ok ? ok({ visit: visit.value, treatment: treatment.value, prepared: prepared.value, calculation: calculation.value }) : calculation
}

function visitProblem(visit: NationalVisitRow, node: Fields): NationalRefusal | undefined {
  const insutype = node.text('insutype')
  if (insutype !== visit.insutype) return badState('insutype', insutype, `the visit was registered as ${visit.insutype} 险种与登记不符`)
  if (node.text('psn_setlway') !== QUOTA) return undefined
  return badState('psn_setlway', QUOTA, 'no policy of this centre has quotas; it settles by item, 01 中心只按项目结算')
}

/** What is not settled yet: of a batch, or of the visit when no batch is named. */
async function openLines(call: Call, visit: NationalVisitRow, batch: string): Promise<Result<readonly Fields[], NationalRefusal>> {
  const all = await linesOf(call, visit.mdtrt_id)
  const named = batch === '' ? all : all.filter(({ chrg_bchno }) => chrg_bchno === batch)
  const open = named.filter(({ setl_id }) => setl_id === null)
  const [first] = named
  if (first === undefined) return refuse(badState('chrg_bchno', batch, 'no details are uploaded for it: 2204 first 无已上传明细'))
  if (open.length === 0) return refuse(badState('chrg_bchno', batch, `is settled already as ${first.setl_id} 已结算，不能重复结算`))
  return ok(
    open.map((line) => {
      const document: unknown = JSON.parse(line.document)
      // Of an earlier call: the sender knows them by their numbers.
      return new Fields(isDocument(document) ? document : {}, `feedetl_sn ${line.feedetl_sn} `)
    })
  )
}

/** What the sender has added up from the answers to 2204 (I7). */
function sumsProblem(node: Fields, amounts: Amounts): NationalRefusal | undefined {
  const sums = [
    ['fulamt_ownpay_amt', amounts.ownPay],
    ['overlmt_selfpay', amounts.overCeiling],
    ['preselfpay_amt', amounts.prePay],
    ['inscp_scp_amt', amounts.inScope]
  ] as const
  for (const [field, sum] of sums) {
    if (node.amount(field) !== sum) return badField(field, node.text(field), `the lines come to ${formatFen(sum)} 与明细汇总不符`)
  }
  return undefined
}

async function answered(call: Call, { treatment, calculation, visit }: Bill, setlId: string) {
  const node = call.input.node('data')
  const stated = node.text('mdtrt_cert_type')
  const setlinfo = setlinfoOf(
    call.profile,
    {
      insured: treatment.insured,
      insurance: treatment.insurance,
      mdtrtId: visit.mdtrt_id,
      setlId,
      msgid: call.envelope.msgid,
      mdtrtCertType: stated === '' ? visit.mdtrt_cert_type : stated,
      medType: treatment.medType,
      setlTime: call.now.time
    },
    calculation
  )
  const setldetail = setldetailOf(calculation)
  const { items } = await call.rules.catalogue(call.db)
  const [first] = treatment.lines
  const detlcutinfo = calculation.lines.map((line, index) =>
    lineResult(line, items.get(line.line.medListCodg ?? ''), treatment.lines[index] ?? first ?? node)
  )
  return { output: { setlinfo, setldetail, detlcutinfo }, setlinfo, setldetail }
}
