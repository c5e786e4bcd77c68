/** How many bytes of bodies the centre holds at once, whoever sends them: beyond it nothing more is received. */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BATCH_BYTES_MAX } from '../../batch/batch.ts'
import { BODIES_BYTES_MAX } from './limits.ts'
import { tooMany } from './too-many.ts'

export function boundBodies(app: FastifyInstance): void {
  let held = 0
  app.addHook('onRequest', async (request, reply) => {
    const bytes = bytesOf(request)
    if (bytes === 0) return undefined
    if (held + bytes > BODIES_BYTES_MAX) return tooMany(reply, 'all terminals together', 1)
    held += bytes
    reply.raw.once('close', () => {
      held -= bytes
    })
    return undefined
  })
}

/** What is said to come, and what it may become. A length that is not said, or not true, is bounded by the readers. */
function bytesOf({ headers, method }: FastifyRequest): number {
  if (method === 'GET') return 0
  const said = Number.parseInt(headers['content-length'] ?? '', 10)
  const received = said >= 0 ? Math.min(said, BATCH_BYTES_MAX) : BATCH_BYTES_MAX
  return headers['content-encoding'] === undefined ? received : received + BATCH_BYTES_MAX
}
