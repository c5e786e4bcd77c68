import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { writeBatchCopy } from '../../batch/answer.ts'
import type { KeptBatch } from '../../batch/batch.ts'
import type { CentrePorts } from '../ports.ts'
import { keptHead } from '../record/chain-copy.ts'
import { callerOf } from './caller.ts'
import { BATCH_NUMBER, numberInAddress } from './number-in-address.ts'
import { refusal, sendRefusal } from './refusal.ts'
import type { BatchRow } from '../store/schema.ts'

const NUMBER = { path: 'number', pattern: BATCH_NUMBER, what: 'the number of a batch, from 1' }

/** What a batch of the terminal that asks was, for a ledger that has its facts and has lost it; and the whole of it, for one that has lost both. */
export function registerKeptBatch(app: FastifyInstance, { database }: CentrePorts): void {
  app.get('/v1/batches/:number', (request, reply) =>
    answerWith(database, request, reply, ({ hash, body }) => ({ hash, head: keptHead(body) }) satisfies KeptBatch)
  )
  app.get('/v1/batches/:number/copy', (request, reply) =>
    answerWith(database, request, reply, ({ hash, signature, time, body }) => writeBatchCopy({ hash, signature, time, body }))
  )
}

type Kept = Pick<BatchRow, 'hash' | 'signature' | 'time' | 'body'>

async function answerWith(database: CentrePorts['database'], request: FastifyRequest, reply: FastifyReply, answer: (kept: Kept) => object): Promise<FastifyReply> {
  const asked = numberInAddress(request.params, NUMBER)
  if (!asked.ok) return sendRefusal(reply, asked.error)
  const number = asked.value
  const { terminal } = callerOf(request).terminal
  const row = await database.db
    .selectFrom('batch')
    .select(['hash', 'signature', 'time', 'body'])
    .where('terminal', '=', terminal)
    .where('number', '=', number)
    .executeTakeFirst()
  return row === undefined
    ? sendRefusal(reply, refusal(404, 'batch-unknown', `number: the centre has no batch ${number} of this terminal`))
    : reply.send(answer(row))
}
