/** POST /v1/loads, POST /v1/loads/void, GET /v1/credits?cardId=: for enrolled terminals. */

import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { fen, formatFen } from '../../money/fen.ts'
import { describeProblem, type InputProblem } from '../../wire/input-problem.ts'
import type { CentrePorts } from '../ports.ts'
import { callerOf } from '../serve/caller.ts'
import { refusal, sendRefusal } from '../serve/refusal.ts'
import { creditsOf } from './credits.ts'
import { signRefusal, voidRefusal } from './load-refusal.ts'
import { parseLoadAsk, parseVoidAsk } from './load-request.ts'
import { signLoad } from './sign-load.ts'
import { voidLoad } from './void-load.ts'

export function registerLoads(app: FastifyInstance, ports: CentrePorts): void {
  app.post('/v1/loads', async (request, reply) => {
    const ask = parseLoadAsk(request.body)
    if (!ask.ok) return malformed(reply, ask.error)
    const { terminal } = callerOf(request).terminal
    const signed = await signLoad(ports, terminal, ask.value)
    if (!signed.ok) {
      ports.log.warn({ terminal, load: ask.value.loadId, kind: signed.error.kind }, 'a load was not signed')
      return sendRefusal(reply, signRefusal(signed.error))
    }
    return signed.value
  })
  app.post('/v1/loads/void', async (request, reply) => {
    const loadId = parseVoidAsk(request.body)
    if (!loadId.ok) return malformed(reply, loadId.error)
    const voided = await voidLoad(ports, { terminal: callerOf(request).terminal.terminal, loadId: loadId.value })
    return voided.ok ? { loadId: loadId.value, state: 'void' } : sendRefusal(reply, voidRefusal(voided.error))
  })
  app.get('/v1/credits', async (request, reply) => {
    const query = querySchema.safeParse(request.query)
    if (!query.success) return sendRefusal(reply, refusal(400, 'request-malformed', 'cardId: must be 32 hex digits'))
    const credits = await creditsOf(ports.database.db, query.data.cardId.toUpperCase())
    return {
      credits: credits.map(({ credit_id, amount, reason, state }) => ({ creditId: credit_id, amount: formatFen(fen(amount)), reason, state }))
    }
  })
}

const querySchema = z.strictObject({ cardId: z.string().regex(/^[0-9A-Fa-f]{32}$/) })

const malformed = (reply: FastifyReply, problems: readonly InputProblem[]): FastifyReply =>
  sendRefusal(reply, refusal(400, 'request-malformed', problems.map(describeProblem).join('; ')))
