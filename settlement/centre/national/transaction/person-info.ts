/** 1101 person info, 2001 benefit check: the person as the centre knows them. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { date } from '../../../calendar/business-date.ts'
import { fen, formatFen } from '../../../money/fen.ts'
import { ACCOUNT_PAY_TYPE, fundPayTypeOf } from '../../../policy/fund-pay-type.ts'
import type { Policy } from '../../../policy/policy-schema.ts'
import { entitlementOn } from '../../record/people.ts'
import { isFiled, NOT_FILED } from '../booking/chronic-filing.ts'
import { ageText, identitiesOn, insuredPerson, statusOn, type Insured } from '../booking/insured.ts'
import type { Row } from '../booking/setlinfo.ts'
import { dayOfTime, readableTime } from '../../../calendar/written-time.ts'
import { badState, type NationalRefusal } from '../refusal.ts'
import { insuranceNamed, personNamed, personOfCertificate } from './people.ts'
import type { Call, Done } from './transaction.ts'

export async function personInfo(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const holder = await personOfCertificate(call.db, node)
  if (!holder.ok) return holder
  const { certno, psn_name } = holder.value
  if (node.text('certno') !== '' && node.text('certno').toUpperCase() !== certno.toUpperCase()) {
    return refuse(badState('certno', node.text('certno'), 'is not the number of this certificate 证件号码与凭证不符'))
  }
  if (node.text('psn_name') !== '' && node.text('psn_name') !== psn_name) {
    return refuse(badState('psn_name', node.text('psn_name'), 'is not the name of this certificate 姓名与凭证不符'))
  }
  const insured = await insuredPerson(call.db, holder.value.psn_no)
  if (insured === undefined) return refuse(badState('mdtrt_cert_no', node.text('mdtrt_cert_no'), 'nobody is insured under it 未查到参保人'))
  const asked = node.text('begntime')
  return ok({ output: described(insured, asked === '' ? dayOfTime(call.now.time) : asked.slice(0, 10)) })
}

function described(insured: Insured, day: string): Done['output'] {
  const { person } = insured
  const on = date(day)
  const valid = new Set(identitiesOn(insured, on))
  return {
    baseinfo: {
      psn_no: person.psn_no,
      psn_cert_type: person.psn_cert_type,
      certno: person.certno,
      psn_name: person.psn_name,
      gend: person.gend,
      naty: person.naty,
      brdy: person.brdy.slice(0, 10),
      age: ageText(person.brdy, on)
    },
    insuinfo: insured.insurances.map((row) => ({
      balc: formatFen(fen(row.balc)),
      insutype: row.insutype,
      psn_type: row.psn_type,
      psn_insu_stas: statusOn(row, on),
      psn_insu_date: row.psn_insu_date,
      paus_insu_date: row.paus_insu_date ?? '',
      cvlserv_flag: row.cvlserv_flag,
      insuplc_admdvs: row.insuplc_admdvs,
      emp_name: row.emp_name
    })),
    idetinfo: insured.identities
      .filter(({ psn_idet_type }) => valid.has(psn_idet_type))
      .map((row) => ({
        psn_idet_type: row.psn_idet_type,
        psn_type_lv: row.psn_type_lv,
        memo: '',
        begntime: timeText(row.begntime),
        endtime: timeText(row.endtime ?? '')
      }))
  }
}

const timeText = (stored: string): string => (/^\d{14}$/.test(stored) ? readableTime(stored) : stored)

/** Entitlement is per fund: who is suspended has none to the pool and may still use the account (1.7). */
export async function benefitCheck(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  if (node.text('fixmedins_code') !== call.envelope.fixmedinsCode) {
    return refuse(badState('fixmedins_code', node.text('fixmedins_code'), 'is not the institution of the envelope 与报文机构不一致'))
  }
  const insured = await personNamed(call, node)
  if (!insured.ok) return insured
  const insutype = node.text('insutype')
  const insurance = insuranceNamed(call, insured.value, insutype)
  if (!insurance.ok) return insurance
  const day = date(node.text('begntime').slice(0, 10))
  const policy = await call.rules.policyFor(call.db, { region: insurance.value.insuplc_admdvs, insutype, date: day })
  if (!policy.ok) return refuse(badState('begntime', node.text('begntime'), `no policy of ${insurance.value.insuplc_admdvs} covers ${insutype} on that day 无有效政策`))
  const status = statusOn(insurance.value, day)
  const medType = node.text('med_type')
  const unfiled = (await isFiled(call, { psnNo: insured.value.person.psn_no, medType, diseCodg: node.text('dise_codg'), day })) ? undefined : NOT_FILED
  const rows = fundPayTypesOf(policy.value.policy, insutype).map((fundPayType): Row => {
    const { enjoys, row: stated } = entitlementOn(insured.value.entitlements, { insutype, fundPayType, medType, day })
    const closed = status === '1' ? unfiled : `psn_insu_stas ${status}：参保状态不正常，统筹基金不予支付`
    const isAccount = fundPayType === ACCOUNT_PAY_TYPE
    const refused = enjoys ? (isAccount ? undefined : closed) : (stated?.trt_chk_rslt ?? '不在待遇享受期内')
    return {
      psn_no: insured.value.person.psn_no,
      trt_chk_type: '01',
      fund_pay_type: fundPayType,
      trt_enjymnt_flag: refused === undefined ? '1' : '0',
      begndate: stated?.begndate ?? policy.value.policy.effective.from,
      enddate: stated?.enddate ?? policy.value.policy.effective.to ?? '',
      trt_chk_rslt: refused ?? ''
    }
  })
  return ok({ output: { trtinfo: rows } })
}

/** The funds that the policy may ask for this kind of insurance, and the account. */
function fundPayTypesOf(policy: Policy, insutype: string): readonly string[] {
  const paying = [...policy.bands, ...policy.supplements].filter(({ when }) => when?.insutype?.some((covered) => covered === insutype) ?? true)
  return [...new Set([...paying.map((fund) => fund.fund_pay_type ?? fundPayTypeOf(fund.pays, insutype)), ACCOUNT_PAY_TYPE])]
}
