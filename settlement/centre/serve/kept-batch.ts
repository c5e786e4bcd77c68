import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { KeptBatch } from '../../batch/batch.ts'
import { checkDocument, describeProblem } from '../../wire/input-problem.ts'
import type { CentrePorts } from '../ports.ts'
import { keptHead } from '../record/chain-copy.ts'
import { callerOf } from './caller.ts'
import { refusal, sendRefusal } from './refusal.ts'

/** As it stands in an address: digits, and no sign, point or exponent. */
const placeSchema = z.object({ number: z.string().regex(/^[1-9]\d{0,8}$/, 'must be the number of a batch, from 1').transform(Number) })

/** What a batch of the terminal that asks was, for a ledger that has its facts and has lost it. */
export function registerKeptBatch(app: FastifyInstance, { database }: CentrePorts): void {
  app.get('/v1/batches/:number', async (request, reply) => {
    const asked = checkDocument(placeSchema, request.params)
    if (!asked.ok) return sendRefusal(reply, refusal(400, 'request-malformed', asked.error.map(describeProblem).join('; ')))
    const { number } = asked.value
    const { terminal } = callerOf(request).terminal
    const row = await database.db.selectFrom('batch').select(['hash', 'body']).where('terminal', '=', terminal).where('number', '=', number).executeTakeFirst()
    if (row === undefined) return sendRefusal(reply, refusal(404, 'batch-unknown', `number: the centre has no batch ${number} of this terminal`))
    return { hash: row.hash, head: keptHead(row.body) } satisfies KeptBatch
  })
}
