/** 2201 register, 2202 cancel the registration, 2203 and 2203A visit and diagnoses (1.9). */

import { invariant } from '../../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../../base/result.ts'
import { findInstitution } from '../../record/places.ts'
import type { NationalVisitRow } from '../../store/national-schema.ts'
import type { Fields } from '../envelope/fields.ts'
import { badState, type NationalRefusal } from '../refusal.ts'
import { insuranceNamed, personPresent } from './people.ts'
import { aheadProblem } from './service-time.ts'
import { newId, type Call, type Done } from './transaction.ts'

export async function register(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const insured = await personPresent(call, node)
  if (!insured.ok) return insured
  const insurance = insuranceNamed(call, insured.value, node.text('insutype'))
  if (!insurance.ok) return insurance
  const ahead = aheadProblem(call, [node], 'begntime')
  if (ahead !== undefined) return refuse(ahead)
  const number = node.text('ipt_otp_no')
  const taken = await call.db
    .selectFrom('national_visit')
    .where('institution', '=', call.institution.fixmedins_code)
    .where('ipt_otp_no', '=', number)
    .where('state', '=', 'open')
    .select('mdtrt_id')
    .executeTakeFirst()
  if (taken !== undefined) return refuse(badState('ipt_otp_no', number, `is registered as mdtrt_id ${taken.mdtrt_id}: unique in the institution 就诊号重复`))
  const { psn_no } = insured.value.person
  const visit = newVisit(call, node, { psnNo: psn_no, insutype: insurance.value.insutype, region: insurance.value.insuplc_admdvs, number })
  await call.db.insertInto('national_visit').values(visit).execute()
  const registered = { mdtrt_id: visit.mdtrt_id, psn_no, ipt_otp_no: number }
  return ok({ output: { ...registered, data: registered }, mdtrtId: visit.mdtrt_id })
}

export function newVisit(
  call: Call,
  node: Fields,
  of: { readonly psnNo: string; readonly insutype: string; readonly region: string; readonly number: string | undefined }
): NationalVisitRow {
  const mdtrtId = newId(call)
  return {
    mdtrt_id: mdtrtId,
    institution: call.institution.fixmedins_code,
    psn_no: of.psnNo,
    insutype: of.insutype,
    insuplc_admdvs: of.region,
    ipt_otp_no: of.number ?? mdtrtId,
    begntime: node.text('begntime'),
    mdtrt_cert_type: node.text('mdtrt_cert_type'),
    med_type: null,
    dise_codg: null,
    prescriber: null,
    state: 'open',
    registration: JSON.stringify(node.document),
    particulars: '{}',
    diagnoses: '[]'
  }
}

export async function cancelRegistration(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const visit = await visitNamed(call, node)
  if (!visit.ok) return visit
  if (node.text('ipt_otp_no') !== visit.value.ipt_otp_no) {
    return refuse(badState('ipt_otp_no', node.text('ipt_otp_no'), `is not the number of mdtrt_id ${visit.value.mdtrt_id} 就诊号与就诊ID不符`))
  }
  const line = await call.db.selectFrom('national_line').where('mdtrt_id', '=', visit.value.mdtrt_id).select(['setl_id']).orderBy('setl_id').executeTakeFirst()
  if (line !== undefined) {
    const rule = line.setl_id === null ? 'has details: withdraw them by 2205 first 存在未结算明细' : 'is settled: cancel by 2208 first 已结算'
    return refuse(badState('mdtrt_id', visit.value.mdtrt_id, rule))
  }
  await call.db.updateTable('national_visit').set({ state: 'cancelled' }).where('mdtrt_id', '=', visit.value.mdtrt_id).execute()
  return ok({ output: {}, mdtrtId: visit.value.mdtrt_id })
}

export async function uploadVisit(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('mdtrtinfo')
  const visit = await visitNamed(call, node)
  if (!visit.ok) return visit
  const medType = node.text('med_type')
  const wrong = placeProblem(call, medType) ?? ((await hasLines(call, visit.value)) ? medTypeProblem(visit.value, medType) : undefined) ?? aheadProblem(call, [node], 'begntime')
  if (wrong !== undefined) return refuse(wrong)
  const prescriber = node.text('rxfixmedinsCode')
  if (prescriber !== '' && (await findInstitution(call.db, prescriber)) === undefined) {
    return refuse(badState('rxfixmedinsCode', prescriber, 'no such institution 开方机构不存在'))
  }
  const diagnoses = withDiagnoses(visit.value.diagnoses, call.input.list('diseinfo'))
  await call.db
    .updateTable('national_visit')
    .set({
      med_type: medType,
      dise_codg: node.text('dise_codg'),
      ...(prescriber === '' ? {} : { prescriber }),
      particulars: JSON.stringify({ ...node.document, rxIn: undefined }),
      diagnoses: JSON.stringify(diagnoses)
    })
    .where('mdtrt_id', '=', visit.value.mdtrt_id)
    .execute()
  return ok({ output: {}, mdtrtId: visit.value.mdtrt_id })
}

/** Settling the registration fee alone says 12 and nothing of the visit (H 2206, 2207). */
export const REGISTRATION_FEE = '12'

/** What may be settled here at all: an outpatient visit or a sale, and a pharmacy's at a pharmacy (1.13). */
export function placeProblem({ institution }: Call, medType: string): NationalRefusal | undefined {
  if (/^(21|28|52)/.test(medType)) return badState('med_type', medType, 'is a stay in hospital: visits and sales of outpatients are settled here 住院类别不能按门诊结算')
  if (medType.startsWith('41') && institution.kind !== 'pharmacy') return badState('med_type', medType, `is for pharmacies, ${institution.fixmedins_code} is none 仅限定点药店`)
  return undefined
}

/** Until charges are uploaded, what was said of a visit may be said better. */
const hasLines = async ({ db }: Call, { mdtrt_id }: NationalVisitRow): Promise<boolean> =>
  (await db.selectFrom('national_line').where('mdtrt_id', '=', mdtrt_id).select('feedetl_sn').limit(1).executeTakeFirst()) !== undefined

/** One visit has one med_type (C04). */
export const medTypeProblem = (visit: NationalVisitRow, medType: string): NationalRefusal | undefined =>
  visit.med_type === null || visit.med_type === medType || medType === REGISTRATION_FEE
    ? undefined
    : badState('med_type', medType, `the visit has med_type ${visit.med_type}: one visit, one med_type 一次就诊只能有一种医疗类别`)

/** A diagnosis is named by its kind and place; sent again it is replaced, with vali_flag 0 it is void. */
function withDiagnoses(kept: string, sent: readonly Fields[]): readonly unknown[] {
  const parsed: unknown = JSON.parse(kept)
  invariant(Array.isArray(parsed), 'diagnoses are a list')
  const known = new Map<string, unknown>(parsed.map((each: Readonly<Record<string, unknown>>) => [diagnosisKey(String(each['diag_type']), String(each['diag_srt_no'])), each]))
  for (const each of sent) {
    const key = diagnosisKey(each.text('diag_type'), each.text('diag_srt_no'))
    if (each.text('vali_flag') === '0') known.delete(key)
    else known.set(key, each.document)
  }
  return [...known.values()]
}

const diagnosisKey = (type: string, place: string): string => `${type}/${place}`

/** An open visit of this institution and of the person that the node names. */
export async function visitNamed(call: Call, node: Fields): Promise<Result<NationalVisitRow, NationalRefusal>> {
  const mdtrtId = node.text('mdtrt_id')
  const visit = await call.db.selectFrom('national_visit').where('mdtrt_id', '=', mdtrtId).selectAll().executeTakeFirst()
  const field = `${node.path}mdtrt_id`
  if (visit === undefined || visit.institution !== call.institution.fixmedins_code) {
    return refuse(badState(field, mdtrtId, 'no visit of this institution 就诊ID不存在'))
  }
  if (visit.psn_no !== node.text('psn_no')) {
    return refuse(badState(`${node.path}psn_no`, node.text('psn_no'), `is not the person of mdtrt_id ${mdtrtId} 人员与就诊不符`))
  }
  return visit.state === 'open' ? ok(visit) : refuse(badState(field, mdtrtId, 'was cancelled by 2202 挂号已撤销'))
}
