/**
 * A settlement whose answer never reached its sender: until that is resolved - reversed by 2601, or found again by 3202 or
 * 5203 - nothing more is settled or withdrawn in the visit, for the sender does not know where it stands (C06, C08).
 */

import type { CentreQueries } from '../../store/centre-database.ts'
import type { Call } from './transaction.ts'

/** The rule that stands in the way; undefined: nothing does. */
export async function lostAnswer({ db }: Call, mdtrtId: string): Promise<string | undefined> {
  const lost = await db
    .selectFrom('national_message')
    .where('mdtrt_id', '=', mdtrtId)
    .where('outcome', '=', 'accepted')
    .where('answer', '=', 'lost')
    .select(['msgid', 'infno'])
    .executeTakeFirst()
  if (lost === undefined) return undefined
  return `the answer to ${lost.infno}, msgid ${lost.msgid}, did not arrive: find it by 3202 or reverse it by 2601 first 存在结果未知的结算，请先对账或冲正`
}

/** Its sender has learnt of the row in another way. */
export async function resolveAnswers(db: CentreQueries, setlIds: readonly string[]): Promise<void> {
  if (setlIds.length === 0) return
  await db.updateTable('national_message').set({ answer: 'resolved' }).where('setl_id', 'in', setlIds).where('answer', '=', 'lost').execute()
}
