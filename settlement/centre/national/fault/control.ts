/** /sandbox/faults: faults for the next calls of a transaction, set by whoever has the token that the centre printed at its start. */

import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { checkDocument, describeProblem } from '../../../wire/input-problem.ts'
import type { NationalPorts } from '../ports.ts'
import { TRANSACTION_BY_INFNO } from '../transaction/table.ts'
import { FAULT_WORDS, parseFault, type FaultPlan } from './fault.ts'

const CALLS_MAX = 1000

const isTransaction = (infno: string): boolean => infno === '*' || TRANSACTION_BY_INFNO.has(infno)

const orderSchema = z.strictObject({
  infno: z.string().refine(isTransaction, `must be one that the sandbox answers, or "*" for all: ${[...TRANSACTION_BY_INFNO.keys()].join(', ')}`).default('*'),
  fixmedins_code: z.string().optional(),
  fault: z.string().refine((text) => parseFault(text) !== undefined, `must be ${FAULT_WORDS}`),
  calls: z.int().min(1).max(CALLS_MAX).default(1)
})

export function registerFaultControl(app: FastifyInstance, { adminToken }: NationalPorts, plan: FaultPlan): void {
  const open = { config: { access: 'open' } } as const
  app.post('/sandbox/faults', open, async (request, reply) => {
    if (!isAdmin(request, adminToken)) return denied(reply)
    const body = jsonOf(request.body)
    if (body === undefined) return reply.code(400).send({ code: 400, message: 'body: is no JSON; send an order such as {"infno":"2207","fault":"drop-after","calls":1}' })
    const order = checkDocument(orderSchema, body)
    if (!order.ok) return reply.code(400).send({ code: 400, message: order.error.map(describeProblem).join('; ') })
    const { infno, fixmedins_code, fault, calls } = order.value
    const known = parseFault(fault)
    if (known === undefined) return reply.code(400).send({ code: 400, message: `fault: must be ${FAULT_WORDS}` })
    const isAdded = plan.add({ infno, institution: fixmedins_code, fault: known, left: calls })
    return isAdded ? { planned: plan.planned } : reply.code(429).send({ code: 429, message: 'too many faults are planned; DELETE them first' })
  })
  app.get('/sandbox/faults', open, async (request, reply) => (isAdmin(request, adminToken) ? { planned: plan.planned } : denied(reply)))
  app.delete('/sandbox/faults', open, async (request, reply) => {
    if (!isAdmin(request, adminToken)) return denied(reply)
    plan.clear()
    return { planned: plan.planned }
  })
}

const denied = (reply: FastifyReply): FastifyReply => reply.code(401).send({ code: 401, message: 'authorization: must be "Bearer " and the token that the centre printed at its start' })

function isAdmin({ headers }: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return false
  const [expected, given] = [Buffer.from(`Bearer ${token}`), Buffer.from(headers.authorization ?? '')]
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** undefined for what is none. */
function jsonOf(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined
  } catch {
    return undefined
  }
}
