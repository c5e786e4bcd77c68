/** 2208 and 2103 cancel a settlement by its setl_id: a business refund, with a negative row of its own. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { bookedSettlement, takeBack, type Booked } from '../booking/take-back.ts'
import type { Fields } from '../envelope/fields.ts'
import type { Profile } from '../profile/profile.ts'
import { badState, type NationalRefusal } from '../refusal.ts'
import { lostAnswer, resolveAnswers } from './lost-answer.ts'
import { personNamed } from './people.ts'
import type { Call, Done } from './transaction.ts'

export const cancelVisit = (call: Call): Promise<Result<Done, NationalRefusal>> => cancel(call, '2207')
export const cancelSale = (call: Call): Promise<Result<Done, NationalRefusal>> => cancel(call, '2102')

/** `settledBy`: the transaction that this cancel belongs to. */
async function cancel(call: Call, settledBy: '2207' | '2102'): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const person = await personNamed(call, node)
  if (!person.ok) return person
  const booked = await bookedSettlement(call, node.text('setl_id'))
  const found = checked(call, node, booked, settledBy)
  if (!found.ok) return found
  const mdtrtId = found.value.row.mdtrt_id ?? ''
  // Who names a settlement by its setl_id has found it.
  await resolveAnswers(call.db, [found.value.row.setl_id])
  const lost = await lostAnswer(call, mdtrtId)
  if (lost !== undefined) return refuse(badState('setl_id', node.text('setl_id'), lost))
  const taken = await takeBack(call, found.value, 'cancel')
  return ok({ output: { setlinfo: taken.setlinfo, setldetail: taken.setldetail }, setlId: taken.setlId, mdtrtId })
}

function checked(call: Call, node: Fields, booked: Booked | undefined, settledBy: string): Result<Booked, NationalRefusal> {
  const setlId = node.text('setl_id')
  const wrong = (rule: string) => refuse(badState('setl_id', setlId, rule))
  if (booked === undefined || booked.row.institution !== call.institution.fixmedins_code) return wrong('no settlement of this institution 结算不存在')
  const { row, booking } = booked
  if (row.psn_no !== node.text('psn_no')) return refuse(badState('psn_no', node.text('psn_no'), `is not the person of ${setlId} 人员与结算不符`))
  if (row.mdtrt_id !== node.text('mdtrt_id')) return refuse(badState('mdtrt_id', node.text('mdtrt_id'), `is not the visit of ${setlId} 就诊与结算不符`))
  if (booking.infno !== settledBy) return wrong(`was booked by ${booking.infno}, ${call.envelope.infno} cancels ${settledBy} 结算类型不符`)
  if (row.reversed_by !== null) return wrong(booking.technical === 1 ? 'was reversed by 2601 已冲正' : `was cancelled as ${row.reversed_by} 已撤销，不能重复撤销`)
  const window = windowProblem(call.profile, row.setl_time, call.now.time)
  return window === undefined ? ok(booked) : wrong(window)
}

function windowProblem({ cancel_window }: Profile, settled: string, now: string): string | undefined {
  switch (cancel_window) {
    case 'always':
      return undefined
    case 'same-day':
      return settled.slice(0, 8) === now.slice(0, 8) ? undefined : `settled on ${settled.slice(0, 8)}: may be cancelled on that day only 只能当日撤销`
    case 'same-month':
      return settled.slice(0, 6) === now.slice(0, 6) ? undefined : `settled in ${settled.slice(0, 6)}: may be cancelled in that month only 只能当月撤销`
    default:
      return cancel_window satisfies never
  }
}
