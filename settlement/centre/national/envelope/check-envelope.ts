/** The envelope of a call (1.3) as far as it can be judged without looking anything up. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { textOf } from '../profile/field-rule.ts'
import { fieldProblem } from '../profile/field-rule.ts'
import type { Profile } from '../profile/profile.ts'
import { badField, type NationalRefusal } from '../refusal.ts'
import { isDocument } from './check-input.ts'
import { timeDigits } from '../../../calendar/written-time.ts'
import { isTime14, secondsOf } from './moment.ts'

export interface Envelope {
  readonly infno: string
  readonly msgid: string
  readonly mdtrtareaAdmvs: string
  /** '' when it was not sent: local. */
  readonly insuplcAdmdvs: string
  readonly opter: string
  readonly fixmedinsCode: string
  readonly signNo: string
  readonly input: Readonly<Record<string, unknown>>
}

/** Carries a file in its input, which no envelope could hold otherwise. */
const UPLOAD = '9101'

export function checkEnvelope(profile: Profile, body: Readonly<Record<string, unknown>>, time: string): Result<Envelope, NationalRefusal> {
  for (const [field, rule] of profile.envelope) {
    const problem = fieldProblem(body, field, rule, profile.codes, '')
    if (problem !== undefined) return refuse({ kind: 'field', ...problem })
  }
  const text = (field: string): string => textOf(body[field]) ?? ''
  const wrong = allowedValues(profile, text) ?? msgidProblem(text('msgid'), text('fixmedins_code')) ?? timeProblem(profile, text('inf_time'), time)
  if (wrong !== undefined) return refuse(wrong)
  const input = inputOf(profile, text('infno'), body['input'])
  if (!input.ok) return input
  return ok({
    infno: text('infno'),
    msgid: text('msgid'),
    mdtrtareaAdmvs: text('mdtrtarea_admvs'),
    insuplcAdmdvs: text('insuplc_admdvs'),
    opter: text('opter'),
    fixmedinsCode: text('fixmedins_code'),
    signNo: text('sign_no'),
    input: input.value
  })
}

function allowedValues(profile: Profile, text: (field: string) => string): NationalRefusal | undefined {
  if (!profile.infver.includes(text('infver'))) {
    return badField('infver', text('infver'), `must be ${profile.infver.join(' or ')} 接口版本号不符`)
  }
  if (!profile.opter_type.includes(text('opter_type'))) {
    return badField('opter_type', text('opter_type'), 'must be 1 clerk 经办人, 2 self-service 自助终端, 3 mobile 移动终端')
  }
  for (const field of ['mdtrtarea_admvs', 'insuplc_admdvs']) {
    if (text(field) !== '' && !/^\d{6}$/.test(text(field))) return badField(field, text(field), 'must be the 6 digits of a division 须为6位区划')
  }
  return undefined
}

function msgidProblem(msgid: string, institution: string): NationalRefusal | undefined {
  const isWellFormed = msgid.length === 30 && isTime14(msgid.slice(12, 26)) && /^\d{4}$/.test(msgid.slice(26))
  if (isWellFormed && msgid.startsWith(institution)) return undefined
  return badField('msgid', msgid, 'must be fixmedins_code (12) + yyyyMMddHHmmss (14) + serial (4 digits) 须为机构编号+时间+顺序号')
}

function timeProblem(profile: Profile, infTime: string, now: string): NationalRefusal | undefined {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(infTime) || !isTime14(timeDigits(infTime))) {
    return badField('inf_time', infTime, 'must be yyyy-MM-dd HH:mm:ss 时间格式不符')
  }
  const minutes = profile.inf_time_tolerance_minutes
  if (Math.abs(secondsOf(timeDigits(infTime)) - secondsOf(now)) <= minutes * 60) return undefined
  return badField('inf_time', infTime, `must be within ${minutes} min of the centre's clock 与中心时间相差过大, ${now}`)
}

/** The specification writes an object; some systems send its text. */
function inputOf(profile: Profile, infno: string, sent: unknown): Result<Readonly<Record<string, unknown>>, NationalRefusal> {
  const input = typeof sent === 'string' ? parsed(sent) : sent
  if (!isDocument(input)) return refuse(badField('input', sent, 'must be a JSON object 须为JSON对象'))
  const length = infno === UPLOAD ? 0 : JSON.stringify(input).length
  const { input_length_max } = profile
  if (length <= input_length_max) return ok(input)
  return refuse(badField('input', `${length} characters`, `at most ${input_length_max} characters; split by chrg_bchno 超长，请按收费批次拆分`))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
