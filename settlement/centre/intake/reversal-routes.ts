/** POST /v1/reversals {medinsSetlId, reason}: what this terminal's centre has booked and its counter knows not to be so. */

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { never } from '../../../base/invariant.ts'
import { textField } from '../../wire/fields.ts'
import { checkDocument, describeProblem } from '../../wire/input-problem.ts'
import type { CentrePorts } from '../ports.ts'
import { callerOf } from '../serve/caller.ts'
import { refusal, sendRefusal, type RequestRefusal } from '../serve/refusal.ts'
import { reverseSettlement, type ReversalRefusal } from './reverse-settlement.ts'

/** As long as a settlement's number may be in a chain, and a note at a close. */
const ID_LENGTH_MAX = 64
const REASON_LENGTH_MAX = 200

const askSchema = z.strictObject({
  medinsSetlId: textField(ID_LENGTH_MAX),
  reason: textField(REASON_LENGTH_MAX).refine((text) => text.trim() === text, 'must not begin or end with a space')
})

export function registerReversals(app: FastifyInstance, ports: Pick<CentrePorts, 'database' | 'clock' | 'log'>): void {
  app.post('/v1/reversals', async (request, reply) => {
    const asked = checkDocument(askSchema, request.body)
    if (!asked.ok) return sendRefusal(reply, refusal(400, 'request-malformed', asked.error.map(describeProblem).join('; ')))
    const { medinsSetlId, reason } = asked.value
    const { terminal } = callerOf(request).terminal
    const reversed = await reverseSettlement(ports, { terminal, settlementId: medinsSetlId, reason })
    if (!reversed.ok) {
      ports.log.warn({ terminal, kind: reversed.error.kind }, 'a settlement was not taken back')
      return sendRefusal(reply, reversalRefusal(reversed.error))
    }
    return { medinsSetlId, ...reversed.value }
  })
}

function reversalRefusal(wrong: ReversalRefusal): RequestRefusal {
  const { kind } = wrong
  switch (kind) {
    case 'terminal-unknown':
      return refusal(401, kind, `terminal: ${wrong.terminal} is not enrolled here`)
    case 'settlement-unknown':
      return refusal(404, kind, 'medinsSetlId: no settlement is booked under this number', { settlementId: wrong.settlementId })
    case 'settlement-of-another':
      return refusal(403, kind, 'medinsSetlId: was not booked from this terminal; it is taken back where it was made', { settlementId: wrong.settlementId })
    case 'already-reversed':
      return refusal(409, kind, `medinsSetlId: was taken back by ${wrong.setlId}, a refund that the terminal has sent`, {
        settlementId: wrong.settlementId,
        setlId: wrong.setlId
      })
    case 'id-taken':
      return refusal(409, kind, `medinsSetlId: ${wrong.id}, under which it would be taken back, is the number of something else`, { id: wrong.id })
    default:
      return never(kind)
  }
}
