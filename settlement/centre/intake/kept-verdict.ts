/** The verdict that a fact has now: what its batch was answered, unless it was not booked then and has been judged again. */

import { invariant } from '../../../base/invariant.ts'
import { readBatchAnswer } from '../../batch/answer.ts'
import type { Verdict } from '../../batch/batch.ts'
import type { KeptFact } from '../record/chain-copy.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import { readVerdictText } from './verdict-text.ts'

export async function keptVerdict(db: CentreQueries, terminal: string, { sequence, batch }: Pick<KeptFact, 'sequence' | 'batch'>): Promise<Verdict> {
  const unbooked = await db
    .selectFrom('unbooked')
    .select('verdict')
    .where('terminal', '=', terminal)
    .where('sequence', '=', sequence)
    .executeTakeFirst()
  if (unbooked !== undefined) return readVerdictText(unbooked.verdict)
  const { answer } = await db.selectFrom('batch').select('answer').where('terminal', '=', terminal).where('number', '=', batch).executeTakeFirstOrThrow()
  const said = readBatchAnswer(JSON.parse(answer))
  const verdict = said.ok ? said.value.verdicts.find((entry) => entry.sequence === sequence)?.verdict : undefined
  invariant(verdict !== undefined, `the answer to batch ${batch} of ${terminal} says nothing of fact ${sequence}`)
  return verdict
}
