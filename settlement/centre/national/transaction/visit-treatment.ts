/** A registered visit as something to compute. */

import { invariant } from '../../../../base/invariant.ts'
import { ok, type Result } from '../../../../base/result.ts'
import { findInstitution } from '../../record/places.ts'
import type { NationalVisitRow } from '../../store/national-schema.ts'
import { insuredPerson } from '../booking/insured.ts'
import type { Treatment } from '../booking/treatment.ts'
import type { Fields } from '../envelope/fields.ts'
import { textOf } from '../profile/field-rule.ts'
import { badField, type NationalRefusal } from '../refusal.ts'
import { insuranceNamed } from './people.ts'
import type { Call } from './transaction.ts'

/** Until 2203 says what kind of visit it is, charges are classified as those of an ordinary one. */
const ORDINARY = '11'

export interface Asked {
  readonly lines: readonly Fields[]
  readonly medType?: string
  readonly acctUsedFlag?: string
}

export async function treatmentOf(call: Call, visit: NationalVisitRow, asked: Asked): Promise<Result<Treatment, NationalRefusal>> {
  const insured = await insuredPerson(call.db, visit.psn_no)
  invariant(insured !== undefined, 'the person of a visit is a person of record')
  const named = insuranceNamed(call, insured, visit.insutype)
  if (!named.ok) return named
  return ok({
    insured,
    insurance: named.value,
    mdtrtId: visit.mdtrt_id,
    medType: asked.medType ?? visit.med_type ?? ORDINARY,
    diseases: diseasesOf(asked.lines, visit.dise_codg ?? ''),
    begntime: visit.begntime,
    acctUsedFlag: asked.acctUsedFlag ?? '0',
    prescriber: visit.prescriber === null ? undefined : await findInstitution(call.db, visit.prescriber),
    lines: asked.lines
  })
}

/** One batch is for one disease, one call may be for several batches. */
function diseasesOf(lines: readonly Fields[], ofVisit: string): Treatment['diseases'] {
  const named = [...new Set(lines.map((line) => line.text('dise_codg')))]
  const [first, ...rest] = named.filter((code) => code !== '')
  if (first === undefined) return [ofVisit]
  return named.includes('') ? [first, ...rest, ofVisit] : [first, ...rest]
}

/** Off-site between provinces, exp_content must say how the person came to be there (H revision 2023-03). */
export function offSiteProblem({ profile, envelope }: Call, node: Fields, { insurance, medType }: Treatment): NationalRefusal | undefined {
  if (!profile.emergency_needs_referral_flag) return undefined
  if (insurance.insuplc_admdvs.slice(0, 2) === envelope.mdtrtareaAdmvs.slice(0, 2)) return undefined
  const stated = expContent(node.text('exp_content'))
  const flag = (name: string): string => textOf(stated[name]) ?? ''
  const wrong = (rule: string) => badField('exp_content', node.text('exp_content'), rule)
  if (medType.startsWith('13') && !['1', '3'].includes(flag('OTP_ER_REFL_FLAG'))) return wrong('med_type 13 off-site needs OTP_ER_REFL_FLAG 1 or 3 急诊须填门诊急诊转诊标志')
  if (medType === '9903' && flag('TRUM_FLAG') !== '1') return wrong('med_type 9903 off-site needs TRUM_FLAG 1 意外伤害须填外伤标志')
  if (flag('TRUM_FLAG') === '1' && !['0', '1'].includes(flag('REL_TTP_FLAG'))) return wrong('TRUM_FLAG 1 needs REL_TTP_FLAG 0 or 1 外伤须填涉及第三方标志')
  return undefined
}

function expContent(text: string): Readonly<Record<string, unknown>> {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
