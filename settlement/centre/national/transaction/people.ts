/** Who is in front of the counter: certificates, persons and insurances, shared by the transactions that name a person. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import type { CentreQueries } from '../../store/centre-database.ts'
import type { InsuranceRow, PersonRow } from '../../store/schema.ts'
import { findPeople, peopleByNumber } from '../../record/people.ts'
import { insuredPerson, type Insured } from '../booking/insured.ts'
import type { Fields } from '../envelope/fields.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import type { Call } from './transaction.ts'

/** The sandbox's token of an electronic certificate: there is no real one to scan. */
export const E_CERTIFICATE = 'ecert:'

/** The person that a certificate belongs to (1.6): 01 e-certificate, 02 identity card, 03 social security card. */
export async function personOfCertificate(db: CentreQueries, node: Fields): Promise<Result<PersonRow, NationalRefusal>> {
  const number = node.text('mdtrt_cert_no')
  const wrong = (rule: string) => refuse(badState(`${node.path}mdtrt_cert_no`, number, rule))
  switch (node.text('mdtrt_cert_type')) {
    case '01': {
      const [person] = number.startsWith(E_CERTIFICATE) ? await peopleByNumber(db, [number.slice(E_CERTIFICATE.length)]) : []
      return person === undefined ? wrong(`no e-certificate; the sandbox takes "${E_CERTIFICATE}" and the psn_no 电子凭证令牌无效`) : ok(person)
    }
    case '02': {
      const [person] = await findPeople(db, [number.toUpperCase()])
      return person === undefined ? wrong('nobody is insured under this number 未查到参保人') : ok(person)
    }
    case '03':
      return personOfCard(db, node)
    default:
      return refuse(badField(`${node.path}mdtrt_cert_type`, node.text('mdtrt_cert_type'), 'must be 01, 02 or 03 凭证类型不支持'))
  }
}

/** By card_sn, the 32 hex digits of the card's identification code; the centre keeps no printed numbers. */
async function personOfCard(db: CentreQueries, node: Fields): Promise<Result<PersonRow, NationalRefusal>> {
  const serial = node.text('card_sn')
  const card = await db
    .selectFrom('card')
    .where('card_id', 'in', [serial.toUpperCase(), serial.toLowerCase()])
    .select(['psn_no', 'lost', 'lost_since'])
    .executeTakeFirst()
  if (card === undefined) {
    return refuse(badState(`${node.path}card_sn`, serial, 'no card with this identification code (32 hex digits) is issued here 卡识别码未登记'))
  }
  if (card.lost !== null) return refuse(badState(`${node.path}card_sn`, serial, `reported lost since ${card.lost_since} 社保卡已挂失`))
  const [person] = await peopleByNumber(db, [card.psn_no])
  return person === undefined ? refuse(badState(`${node.path}card_sn`, serial, 'belongs to nobody 未查到参保人')) : ok(person)
}

/** 11 and 1101 are both in service: provinces differ in what follows the first two digits (1.13). */
const groupOf = (psnType: string): string => psnType.slice(0, 2)

/** The person that a node names by psn_no; whatever else it says of the person must agree. */
export async function personNamed(call: Call, node: Fields): Promise<Result<Insured, NationalRefusal>> {
  const psnNo = node.text('psn_no')
  const insured = await insuredPerson(call.db, psnNo)
  if (insured === undefined) return refuse(badState(`${node.path}psn_no`, psnNo, 'unknown here; take it from 1101 人员编号不存在'))
  const { person } = insured
  const certno = node.text('certno')
  if (certno !== '' && certno.toUpperCase() !== person.certno.toUpperCase()) {
    return refuse(badState(`${node.path}certno`, certno, `is not the number of psn_no ${psnNo} 证件号码与人员不符`))
  }
  const certificate = node.text('psn_cert_type')
  if (certno !== '' && certificate !== '' && certificate !== person.psn_cert_type) {
    return refuse(badState(`${node.path}psn_cert_type`, certificate, `must be ${person.psn_cert_type}, of which this certno is 证件类型与证件号码不符`))
  }
  const name = node.text('psn_name')
  if (name !== '' && name !== person.psn_name) {
    return refuse(badState(`${node.path}psn_name`, name, `is not the name of psn_no ${psnNo} 姓名与人员不符`))
  }
  const types = insured.insurances.map(({ psn_type }) => psn_type)
  const type = node.text('psn_type')
  if (type !== '' && !types.some((known) => groupOf(known) === groupOf(type))) {
    return refuse(badState(`${node.path}psn_type`, type, `the person is insured as ${types.join(', ')} 人员类别与参保信息不符`))
  }
  return ok(insured)
}

/** The same, with a certificate that must be this person's when the node brings one. */
export async function personPresent(call: Call, node: Fields): Promise<Result<Insured, NationalRefusal>> {
  const insured = await personNamed(call, node)
  if (!insured.ok || node.text('mdtrt_cert_type') === '' || node.text('mdtrt_cert_no') === '') return insured
  const holder = await personOfCertificate(call.db, node)
  if (!holder.ok) return holder
  if (holder.value.psn_no === insured.value.person.psn_no) return insured
  return refuse(badState(`${node.path}mdtrt_cert_no`, node.text('mdtrt_cert_no'), `is not the certificate of psn_no ${node.text('psn_no')} 凭证与人员不符`))
}

/**
 * The insurance that a call is about: by insutype, and by the insured place of the envelope, which empty means the place of
 * care (1.3). Off-site it must be named.
 */
export function insuranceNamed({ envelope, profile }: Call, insured: Insured, insutype: string): Result<InsuranceRow, NationalRefusal> {
  const ofType = insured.insurances.filter((row) => row.insutype === insutype)
  if (ofType.length === 0) {
    const has = insured.insurances.map((row) => row.insutype).join(', ')
    return refuse(badState('insutype', insutype, `the person is insured as ${has} 无该险种参保信息`))
  }
  const { insuplcAdmdvs: named, mdtrtareaAdmvs: local } = envelope
  if (named === '' && profile.insuplc_needed === 'with-person') {
    return refuse(badField('insuplc_admdvs', named, 'must be sent with a psn_no; take it from 1101 须填参保地医保区划'))
  }
  const place = named === '' ? local : named
  const found = ofType.find(({ insuplc_admdvs }) => insuplc_admdvs === place)
  if (found !== undefined) return ok(found)
  const places = ofType.map(({ insuplc_admdvs }) => insuplc_admdvs).join(', ')
  return refuse(badState('insuplc_admdvs', named, `the person is insured in ${places} as ${insutype}: off-site it must be sent 参保地区划不符`))
}
