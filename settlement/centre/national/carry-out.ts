/**
 * One call, carried out in one transaction of the database: the msgid is spent, the sign-in looked at, the input checked, the
 * handler asked. What a handler refuses leaves nothing behind but the spent msgid.
 *
 *   people first, then the message: a reversal and the call that it reverses meet at the person and cannot cross
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { findInstitution } from '../record/places.ts'
import { lockPeople } from '../record/lock.ts'
import type { CentreMoment } from '../ports.ts'
import type { CentreQueries, CentreTransaction } from '../store/centre-database.ts'
import type { InstitutionRow } from '../store/schema.ts'
import type { RuleBook } from './booking/rule-book.ts'
import type { Envelope } from './envelope/check-envelope.ts'
import type { Output } from './envelope/answer.ts'
import { checkInput, isDocument } from './envelope/check-input.ts'
import type { NationalPorts } from './ports.ts'
import type { CheckedInput, Fields } from './envelope/fields.ts'
import type { Profile } from './profile/profile.ts'
import { badField, badState, type NationalRefusal } from './refusal.ts'
import { signInProblem } from './transaction/sign-in.ts'
import { TRANSACTION_BY_INFNO } from './transaction/table.ts'
import type { Call, Done, NationalTransaction } from './transaction/transaction.ts'

export interface Received {
  readonly envelope: Envelope
  readonly profile: Profile
  readonly now: CentreMoment
}

export async function carryOut(ports: NationalPorts, rules: RuleBook, received: Received): Promise<Result<Done, NationalRefusal>> {
  const { envelope, profile } = received
  const place = await placeOf(ports.database.db, envelope)
  if (!place.ok) return place
  const transaction = TRANSACTION_BY_INFNO.get(envelope.infno)
  if (transaction === undefined) {
    return refuse(badField('infno', envelope.infno, 'not in this sandbox 交易不支持; settlement/centre/national/README.md lists what is'))
  }
  const input = checkInput(profile, envelope.infno, envelope.input)
  if (!input.ok) {
    await spend(ports.database.db, { ...received, institution: place.value }, '')
    return input
  }
  const asked = { ...received, transaction, institution: place.value, input: input.value }
  try {
    return await ports.database.write((db) => handled(ports, rules, db, asked))
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause
    if (cause.refusal.kind !== 'repeated') await spend(ports.database.db, asked, personOf(profile, envelope.infno, input.value))
    return refuse(cause.refusal)
  }
}

interface Spent extends Received {
  readonly institution: InstitutionRow
}

interface Asked extends Spent {
  readonly transaction: NationalTransaction
  readonly input: CheckedInput
}

/** Thrown so that the transaction is undone. */
class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: NationalRefusal

  constructor(refusal: NationalRefusal) {
    super(refusal.kind)
    this.refusal = refusal
  }
}

async function handled(ports: NationalPorts, rules: RuleBook, db: CentreTransaction, asked: Asked): Promise<Result<Done, NationalRefusal>> {
  const { envelope, profile, now, institution, input, transaction } = asked
  const psnNo = personOf(profile, envelope.infno, input)
  if (psnNo !== '') await lockPeople(db, [psnNo])
  const isNew = await db
    .insertInto('national_message')
    .values({ ...messageOf(asked, psnNo), outcome: 'accepted', setl_id: null, mdtrt_id: null, answer: transaction.settles ? 'lost' : 'sent' })
    .onConflict((conflict) => conflict.column('msgid').doNothing())
    .executeTakeFirst()
  if (Number(isNew.numInsertedOrUpdatedRows ?? 0n) === 0) throw new Refused(await repeated(db, envelope.msgid))
  const call: Call = { db, now, profile, envelope, institution, input, rules, entropy: ports.entropy }
  const notSignedIn = await signInProblem(call)
  if (notSignedIn !== undefined) throw new Refused(notSignedIn)
  const outcome = await transaction.handler(call)
  if (!outcome.ok) throw new Refused(outcome.error)
  const { setlId, mdtrtId } = outcome.value
  if (setlId !== undefined || mdtrtId !== undefined) {
    await db
      .updateTable('national_message')
      .set({ setl_id: setlId ?? null, mdtrt_id: mdtrtId ?? null })
      .where('msgid', '=', envelope.msgid)
      .execute()
  }
  return ok(shortened(profile, { ...outcome.value, output: spelt(profile, envelope.infno, outcome.value.output) }))
}

/** The lines of a long bill do not fit into an answer; 2204 and 5204 tell them. */
function shortened({ input_length_max: lengthMax }: Profile, done: Done): Done {
  if (!('detlcutinfo' in done.output) || JSON.stringify(done.output).length <= lengthMax) return done
  const { detlcutinfo: _lines, ...output } = done.output
  return { ...done, output, warning: `detlcutinfo is left out: with it the answer has more than ${lengthMax} characters 明细过长，请见2204、5204` }
}

/** Some transactions of a province spell a field of setlinfo otherwise than the others. */
function spelt({ renamed }: Profile, infno: string, output: Output): Output {
  const names = renamed[infno]
  const { setlinfo } = output
  if (names === undefined || !isDocument(setlinfo)) return output
  return { ...output, setlinfo: Object.fromEntries(Object.entries(setlinfo).map(([name, value]) => [names[name] ?? name, value])) }
}

async function repeated(db: CentreQueries, msgid: string): Promise<NationalRefusal> {
  const before = await db.selectFrom('national_message').where('msgid', '=', msgid).select(['infno', 'outcome']).executeTakeFirst()
  return { kind: 'repeated', msgid, infno: before?.infno ?? '', outcome: before?.outcome ?? '' }
}

/** What was refused keeps its msgid: the same content under the same id is no second attempt. */
const spend = (db: CentreQueries, spent: Spent, psnNo: string): Promise<unknown> =>
  db
    .insertInto('national_message')
    .values({ ...messageOf(spent, psnNo), outcome: 'refused', setl_id: null, mdtrt_id: null, answer: 'sent' })
    .onConflict((conflict) => conflict.column('msgid').doNothing())
    .execute()

const messageOf = ({ envelope, institution, now }: Spent, psnNo: string) => ({
  msgid: envelope.msgid,
  infno: envelope.infno,
  institution: institution.fixmedins_code,
  psn_no: psnNo === '' ? null : psnNo,
  received_at: now.time
})

/** psn_no of whichever node has one. */
function personOf(profile: Profile, infno: string, input: CheckedInput): string {
  for (const { name } of profile.nodes.get(infno) ?? []) {
    const named = input.list(name).find((fields: Fields) => fields.text('psn_no') !== '')
    if (named !== undefined) return named.text('psn_no')
  }
  return ''
}

async function placeOf(db: CentreQueries, { fixmedinsCode, mdtrtareaAdmvs }: Envelope): Promise<Result<InstitutionRow, NationalRefusal>> {
  const institution = await findInstitution(db, fixmedinsCode)
  if (institution === undefined) return refuse(badState('fixmedins_code', fixmedinsCode, 'no designated institution of this centre 定点医药机构不存在'))
  if (institution.region === mdtrtareaAdmvs) return { ok: true, value: institution }
  return refuse(badState('mdtrtarea_admvs', mdtrtareaAdmvs, `${fixmedinsCode} lies in ${institution.region} 就医地区划与机构不符`))
}

/**
 * A settlement is booked as one whose answer is lost, and is not when its answer leaves: so it is one wherever the centre dies before.
 * Its visit waits until somebody finds out (transaction/lost-answer.ts).
 */
export const markSent = (db: CentreQueries, envelope: Envelope): Promise<void> => markAnswer(db, envelope, 'lost', 'sent')

/** It left, and did not reach its sender. */
export const markLost = (db: CentreQueries, envelope: Envelope): Promise<void> => markAnswer(db, envelope, 'sent', 'lost')

async function markAnswer(db: CentreQueries, { infno, msgid }: Envelope, from: 'lost' | 'sent', to: 'lost' | 'sent'): Promise<void> {
  if (TRANSACTION_BY_INFNO.get(infno)?.settles !== true) return
  await db.updateTable('national_message').set({ answer: to }).where('msgid', '=', msgid).where('outcome', '=', 'accepted').where('answer', '=', from).execute()
}
