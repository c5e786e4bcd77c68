/** 9001 sign in, 9002 sign out: the sign-in of the day comes before everything else (1.5). */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { readableTime } from '../../../calendar/written-time.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import { newId, type Call, type Done } from './transaction.ts'

export async function signIn(call: Call): Promise<Result<Done, NationalRefusal>> {
  const signNo = newId(call)
  const opter = call.input.node('signIn').text('opter_no')
  await call.db
    .insertInto('national_sign_in')
    .values({
      sign_no: signNo,
      institution: call.institution.fixmedins_code,
      opter: opter === '' ? call.envelope.opter : opter,
      signed_in_at: call.now.time,
      signed_out_at: null
    })
    .execute()
  const signed = { sign_time: readableTime(call.now.time), sign_no: signNo }
  return ok({ output: { ...signed, signinoutb: signed } })
}

export async function signOut(call: Call): Promise<Result<Done, NationalRefusal>> {
  const named = call.input.node('signOut').text('sign_no')
  const signNo = named === '' ? call.envelope.signNo : named
  const open = await signInsOfToday(call)
  const found = signNo === '' ? open.at(-1) : open.find(({ sign_no }) => sign_no === signNo)
  if (found === undefined) return refuse(badState('sign_no', signNo, 'no sign-in of today is open under it 当日无有效签到'))
  await call.db.updateTable('national_sign_in').set({ signed_out_at: call.now.time }).where('sign_no', '=', found.sign_no).execute()
  const signed = { sign_time: readableTime(call.now.time) }
  return ok({ output: { ...signed, signoutoutb: signed } })
}

/** undefined: the call may go on. */
export async function signInProblem(call: Call): Promise<NationalRefusal | undefined> {
  const { profile, envelope } = call
  if (envelope.infno === '9001' || envelope.infno === '9002') return undefined
  const { signNo } = envelope
  if (signNo === '' && profile.sign_no_needed) return badField('sign_no', signNo, 'must be sent: the number that 9001 gave today 须填签到编号')
  if (signNo === '' && !profile.sign_in_first) return undefined
  const open = await signInsOfToday(call)
  if (signNo === '') return open.length > 0 ? undefined : badState('sign_no', signNo, 'nobody of this institution has signed in today: 9001 first 当日未签到')
  return open.some(({ sign_no }) => sign_no === signNo) ? undefined : badState('sign_no', signNo, 'is no open sign-in of today: sign in again by 9001 签到编号无效或已过期')
}

const signInsOfToday = ({ db, institution, now }: Call) =>
  db
    .selectFrom('national_sign_in')
    .where('institution', '=', institution.fixmedins_code)
    .where('signed_in_at', '>=', `${now.time.slice(0, 8)}000000`)
    .where('signed_out_at', 'is', null)
    .orderBy('signed_in_at')
    .select('sign_no')
    .execute()
