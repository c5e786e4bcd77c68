/** 2101 pre-settle and 2102 settle at a pharmacy: details and settlement in one call. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { date } from '../../../calendar/business-date.ts'
import type { Calculation } from '../../../calculation/calculation.ts'
import { book } from '../booking/book.ts'
import { chargeProblem, totalProblem } from '../booking/charges.ts'
import { lineResult, setldetailOf, setlinfoOf } from '../booking/setlinfo.ts'
import { compute, prepare, type Prepared, type Treatment } from '../booking/treatment.ts'
import { keepTraceCodes, repeatedTraceCode, untraced } from '../booking/trace-code.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import { keepLines } from './fee-detail.ts'
import { insuranceNamed, personPresent } from './people.ts'
import { aheadProblem, beforeProblem } from './service-time.ts'
import { newId, type Call, type Done } from './transaction.ts'
import { newVisit, placeProblem } from './visit.ts'
import { offSiteProblem } from './visit-treatment.ts'

interface Sale {
  readonly treatment: Treatment
  readonly prepared: Prepared
  readonly calculation: Calculation
}

export async function preSettleSale(call: Call): Promise<Result<Done, NationalRefusal>> {
  const sale = await saleOf(call)
  if (!sale.ok) return sale
  const { output } = await answered(call, sale.value, { setlId: '', mdtrtId: '' })
  return ok({ output })
}

export async function settleSale(call: Call): Promise<Result<Done, NationalRefusal>> {
  const { db, input } = call
  const traced = input.list('drug_trac_info')
  const sold = new Set(input.list('drugdetail').map((line) => line.text('feedetl_sn')))
  const stray = traced.find((row) => !sold.has(row.text('feedetl_sn')))
  if (stray !== undefined) return refuse(badField(`${stray.path}feedetl_sn`, stray.text('feedetl_sn'), 'is no line of this sale 追溯码明细流水号不存在'))
  const sale = await saleOf(call)
  if (!sale.ok) return sale
  const { treatment, prepared, calculation } = sale.value
  const { insurance, insured, lines } = treatment
  const node = input.node('druginfo')
  const visit = newVisit(call, node, { psnNo: insured.person.psn_no, insutype: insurance.insutype, region: insurance.insuplc_admdvs, number: undefined })
  await db.insertInto('national_visit').values({ ...visit, med_type: treatment.medType, dise_codg: node.text('dise_codg') }).execute()
  await keepLines(call, visit, { sent: lines, calculated: calculation.lines, place: 0 })
  const repeated = await repeatedTraceCode(db, traced)
  const setlId = newId(call)
  const settled = { ...treatment, mdtrtId: visit.mdtrt_id }
  const { output, setlinfo, setldetail } = await answered(call, { ...sale.value, treatment: settled }, { setlId, mdtrtId: visit.mdtrt_id })
  await book(call, { setlId, visitNo: visit.ipt_otp_no, treatment: settled, prepared, calculation, setlinfo, setldetail })
  await keepTraceCodes(db, setlId, traced)
  const { items } = await call.rules.catalogue(db)
  const without = untraced(lines, traced, { items, day: date(node.text('begntime').slice(0, 10)) })
  const warning = [
    ...(repeated === undefined ? [] : [`drug_trac_codg ${repeated} was sold before, or twice in this sale, and has not come back 追溯码重复`]),
    ...(without.length === 0 ? [] : [`drug_trac_info: no code for feedetl_sn ${firstOf(without)}; since 2025-07-01 no fund pays for a drug without one 药品未上传追溯码`])
  ].join('; ')
  return ok({ output, setlId, mdtrtId: visit.mdtrt_id, warning })
}

const NAMED_MAX = 5

const firstOf = (numbers: readonly string[]): string =>
  numbers.length <= NAMED_MAX ? numbers.join(', ') : `${numbers.slice(0, NAMED_MAX).join(', ')} and ${numbers.length - NAMED_MAX} more`

async function saleOf(call: Call): Promise<Result<Sale, NationalRefusal>> {
  const { kind, fixmedins_code } = call.institution
  if (kind !== 'pharmacy') return refuse(badState('fixmedins_code', fixmedins_code, `is no pharmacy: ${call.envelope.infno} is for pharmacies, hospitals register a visit by 2201 非定点药店`))
  const node = call.input.node('druginfo')
  const lines = call.input.list('drugdetail')
  const insured = await personPresent(call, node)
  if (!insured.ok) return insured
  const insurance = insuranceNamed(call, insured.value, node.text('insutype'))
  if (!insurance.ok) return insurance
  const wrong = placeProblem(call, node.text('med_type')) ?? aheadProblem(call, [node], 'begntime') ?? aheadProblem(call, lines, 'fee_ocur_time') ?? beforeProblem(lines, node.text('begntime')) ?? chargeProblem(call.profile, lines, new Set()) ?? totalProblem(node, lines, { en: 'the details', zh: '总金额与明细不符' })
  if (wrong !== undefined) return refuse(wrong)
  const treatment: Treatment = {
    insured: insured.value,
    insurance: insurance.value,
    mdtrtId: '',
    medType: node.text('med_type'),
    diseases: [node.text('dise_codg')],
    begntime: node.text('begntime'),
    acctUsedFlag: node.text('acct_used_flag'),
    prescriber: undefined,
    lines
  }
  const offSite = offSiteProblem(call, node, treatment)
  if (offSite !== undefined) return refuse(offSite)
  const prepared = await prepare(call, treatment)
  if (!prepared.ok) return prepared
  const calculation = compute(prepared.value, treatment)
  return calculation.ok ? ok({ treatment, prepared: prepared.value, calculation: calculation.value }) : calculation
}

async function answered(call: Call, { treatment, calculation }: Sale, ids: { readonly setlId: string; readonly mdtrtId: string }) {
  const node = call.input.node('druginfo')
  const setlinfo = setlinfoOf(
    call.profile,
    {
      insured: treatment.insured,
      insurance: treatment.insurance,
      ...ids,
      msgid: call.envelope.msgid,
      mdtrtCertType: node.text('mdtrt_cert_type'),
      medType: treatment.medType,
      setlTime: call.now.time
    },
    calculation
  )
  const setldetail = setldetailOf(calculation)
  const { items } = await call.rules.catalogue(call.db)
  const detlcutinfo = calculation.lines.map((line, index) =>
    lineResult(line, items.get(line.line.medListCodg ?? ''), treatment.lines[index] ?? node)
  )
  return { output: { setlinfo, setldetail, detlcutinfo }, setlinfo, setldetail }
}
