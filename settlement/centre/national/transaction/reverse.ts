/**
 * 2601 takes back a call whose outcome its sender does not know, by the call's own msgid. After it has been accepted the call
 * counts for nothing, whatever had become of it: booked, it is undone; refused, nothing was there; not arrived, it is barred
 * from arriving later. So a reversal may be sent again and again.
 */

import { invariant } from '../../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../../base/result.ts'
import type { NationalMessageRow } from '../../store/national-schema.ts'
import { bookedSettlement, lineNumbers, revive, takeBack, type Booked } from '../booking/take-back.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import { personNamed } from './people.ts'
import type { Call, Done } from './transaction.ts'

export async function reverse(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const [omsgid, oinfno] = [node.text('omsgid'), node.text('oinfno')]
  const { reversible, profile: name } = call.profile
  if (!reversible.includes(oinfno)) {
    return refuse(badField('oinfno', oinfno, `${name} reverses ${reversible.join(', ')} 该交易不支持冲正`))
  }
  if (!/^[A-Z]\d{11}\d{18}$/.test(omsgid) || !omsgid.startsWith(call.institution.fixmedins_code)) {
    return refuse(badField('omsgid', omsgid, 'must be a msgid of this institution 须为本机构发送方报文ID'))
  }
  const person = await personNamed(call, node)
  if (!person.ok) return person
  const original = await call.db.selectFrom('national_message').where('msgid', '=', omsgid).selectAll().executeTakeFirst()
  if (original === undefined) return reverseUnknown(call, omsgid, oinfno)
  if (original.infno !== oinfno) return refuse(badState('oinfno', oinfno, `omsgid was a ${original.infno} 原交易编号不符`))
  if (original.psn_no !== null && original.psn_no !== node.text('psn_no')) {
    return refuse(badState('psn_no', node.text('psn_no'), 'is not the person of omsgid 人员与原交易不符'))
  }
  return reverseKnown(call, original)
}

async function reverseKnown(call: Call, original: NationalMessageRow): Promise<Result<Done, NationalRefusal>> {
  switch (original.outcome) {
    case 'reversed':
      return ok({ output: {}, warning: 'was reversed before; nothing more to do 已冲正，无须重复处理' })
    case 'refused':
      return ok({ output: {}, warning: 'was refused, so nothing had been booked 原交易已被拒绝，无须冲正' })
    case 'barred':
      return ok({ output: {}, warning: 'never arrived and is barred 原交易未受理，已禁止受理' })
    case 'accepted':
      return undo(call, original)
    default:
      return original.outcome satisfies never
  }
}

async function undo(call: Call, original: NationalMessageRow): Promise<Result<Done, NationalRefusal>> {
  invariant(original.setl_id !== null, 'what can be reversed has booked something')
  const booked = await bookedSettlement(call, original.setl_id)
  invariant(booked !== undefined, 'a message that booked has its booking')
  const { row, booking } = booked
  if (row.reversed_by !== null) {
    return refuse(badState('omsgid', original.msgid, `${row.setl_id} was cancelled as ${row.reversed_by} 原结算已撤销，不能冲正`))
  }
  if (booking.cancels === null) await takeBack(call, booked, 'reversal')
  else {
    const problem = await revivalProblem(call, booked)
    if (problem !== undefined) return refuse(badState('omsgid', original.msgid, problem))
    await revive(call, booked)
  }
  await call.db.updateTable('national_message').set({ outcome: 'reversed', answer: 'resolved' }).where('msgid', '=', original.msgid).execute()
  return ok({ output: {}, mdtrtId: original.mdtrt_id ?? '' })
}

/** A cancel is undone only while everything that it gave back is still there. */
async function revivalProblem({ db }: Call, { row, booking }: Booked): Promise<string | undefined> {
  const numbers = lineNumbers(booking)
  const open = await db
    .selectFrom('national_line')
    .where('mdtrt_id', '=', row.mdtrt_id ?? '')
    .where('feedetl_sn', 'in', numbers)
    .where('setl_id', 'is', null)
    .select('feedetl_sn')
    .execute()
  if (open.length !== numbers.length) return 'its lines were withdrawn or settled again meanwhile 明细已变动，不能恢复原结算'
  const account = await db
    .selectFrom('insurance')
    .where('psn_no', '=', row.psn_no)
    .where('insutype', '=', row.insutype)
    .where('insuplc_admdvs', '=', row.region)
    .select('balc')
    .executeTakeFirst()
  const owed = row.mutual_aid - row.account
  return (account?.balc ?? 0) < owed ? 'the account no longer has what the settlement took 账户余额不足，不能恢复原结算' : undefined
}

async function reverseUnknown(call: Call, omsgid: string, oinfno: string): Promise<Result<Done, NationalRefusal>> {
  if (call.profile.reversal_of_unknown === 'refuse') return refuse(badState('omsgid', omsgid, 'no such call has been received 未收到原交易'))
  await call.db
    .insertInto('national_message')
    .values({
      msgid: omsgid,
      infno: oinfno,
      institution: call.institution.fixmedins_code,
      psn_no: call.input.node('data').text('psn_no'),
      received_at: call.now.time,
      outcome: 'barred',
      setl_id: null,
      mdtrt_id: null,
      answer: 'resolved'
    })
    .execute()
  return ok({ output: {}, warning: `${omsgid} had not been received and is barred from now on 未收到原交易，今后不再受理` })
}
