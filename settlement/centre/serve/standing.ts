import type { FastifyInstance } from 'fastify'
import type { Standing } from '../../batch/batch.ts'
import type { TerminalRow } from '../store/schema.ts'
import { callerOf } from './caller.ts'

export const standingOf = ({ terminal, batch, batch_hash, sequence, chain_hash }: TerminalRow): Standing => ({
  terminal,
  batch,
  batchHash: batch_hash,
  sequence,
  chainHash: chain_hash
})

/** Where the centre stands with the terminal that asks. */
export function registerStanding(app: FastifyInstance): void {
  app.get('/v1/standing', (request) => standingOf(callerOf(request).terminal))
}
