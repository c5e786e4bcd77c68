/**
 * GET /v1/facts/unbooked/:after: which facts that the asking terminal has sent are not booked by now. What a person has had judged
 * again since is in no batch, so a centre that was put back to before it stands where its terminal does, and has forgotten it.
 */

import type { FastifyInstance } from 'fastify'
import { writeUnbookedFacts } from '../../batch/answer.ts'
import { UNBOOKED_FACTS_MAX, type UnbookedFacts } from '../../batch/batch.ts'
import type { CentrePorts } from '../ports.ts'
import { callerOf } from '../serve/caller.ts'
import { FACT_NUMBER_OR_NONE, numberInAddress } from '../serve/number-in-address.ts'
import { sendRefusal } from '../serve/refusal.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import { readVerdictText } from './verdict-text.ts'

const AFTER = { path: 'after', pattern: FACT_NUMBER_OR_NONE, what: 'the number of a fact, or 0 for before the first' }

export function registerUnbookedFacts(app: FastifyInstance, { database }: Pick<CentrePorts, 'database'>): void {
  app.get('/v1/facts/unbooked/:after', async (request, reply) => {
    const after = numberInAddress(request.params, AFTER)
    if (!after.ok) return sendRefusal(reply, after.error)
    return writeUnbookedFacts(await unbookedFacts(database.db, callerOf(request).terminal.terminal, after.value))
  })
}

/** `limit`: rows that are looked at, those that were booked later among them. */
export async function unbookedFacts(db: CentreQueries, terminal: string, after: number, limit = UNBOOKED_FACTS_MAX): Promise<UnbookedFacts> {
  const rows = await db
    .selectFrom('unbooked')
    .select(['sequence', 'verdict'])
    .where('terminal', '=', terminal)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute()
  const facts = rows.filter(({ verdict }) => readVerdictText(verdict).kind !== 'accepted').map(({ sequence }) => sequence)
  return { facts, next: rows.length < limit ? undefined : rows.at(-1)?.sequence }
}
