/** POST /v1/batches and POST /v1/facts/retry, with POST /v1/reversals beside them. Who asks, how much and how large, the app has settled before. */

import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { never } from '../../../base/invariant.ts'
import { writeBatchAnswer, writeEntryVerdict, writeFramesAnswer } from '../../batch/answer.ts'
import { FRAMES_VERSION } from '../../batch/batch.ts'
import { describeBatchProblem, type BatchProblem } from '../../batch/batch-problem.ts'
import { decodeBatch } from '../../batch/decode-batch.ts'
import { checkDocument, describeProblem } from '../../wire/input-problem.ts'
import type { CentrePorts } from '../ports.ts'
import { BATCH_TYPES, letGoOfBody } from '../serve/body.ts'
import { callerOf } from '../serve/caller.ts'
import { refusal, sendRefusal, type RequestRefusal } from '../serve/refusal.ts'
import { Turns } from '../serve/turns.ts'
import { CompiledPolicies } from './policies.ts'
import { registerHeldSerials } from './held-serial.ts'
import { registerReversals } from './reversal-routes.ts'
import { retryFact, type RetryRefusal } from './retry-fact.ts'
import { noStep, type ReachedStep } from './steps.ts'
import { takeBatch, type BatchRefusal, type IntakePorts } from './take-batch.ts'
import { registerUnbookedFacts } from './unbooked-facts.ts'

/** With a tester's fault points; `registerIntake` has none. */
export const intakeWith =
  (reached: ReachedStep) =>
  (app: FastifyInstance, { database, authority, clock, log }: CentrePorts): void => {
    const ports: IntakePorts = { database, authority, clock, policies: new CompiledPolicies(), reached }
    const turns = new Turns()
    app.post('/v1/batches', async (request, reply) => {
      if (!BATCH_TYPES.has(request.headers['content-type'] ?? '')) return sendRefusal(reply, NO_BATCH_TYPE)
      // The digest that was signed is the batch's own hash: both are over its uncompressed bytes.
      const { terminal, signature, time, digest: hash } = callerOf(request)
      const { bytes, body, hashes } = request.received
      const decoded = decodeBatch(bytes, hashes)
      if (!decoded.ok) return sendRefusal(reply, problemRefusal(decoded.error))
      const signed = { terminal: terminal.terminal, batch: decoded.value, body, hash, signature, time }
      const answer = await turns.take(terminal.terminal, () => takeBatch(ports, signed))
      letGoOfBody(request)
      const write = decoded.value.head.version === FRAMES_VERSION ? writeFramesAnswer : writeBatchAnswer
      return answer.ok ? sendJson(reply, write(answer.value)) : sendRefusal(reply, batchRefusal(answer.error))
    })
    app.post('/v1/facts/retry', async (request, reply) => {
      const asked = checkDocument(retrySchema, request.body)
      if (!asked.ok) return sendRefusal(reply, refusal(400, 'request-malformed', asked.error.map(describeProblem).join('; ')))
      const verdict = await retryFact(ports, callerOf(request).terminal.terminal, asked.value.sequence)
      return verdict.ok ? sendJson(reply, writeEntryVerdict(verdict.value)) : sendRefusal(reply, retryRefusal(verdict.error))
    })
    registerReversals(app, { database, clock, log })
    registerHeldSerials(app, { database })
    registerUnbookedFacts(app, { database })
  }

export const registerIntake = intakeWith(noStep)

const retrySchema = z.strictObject({ sequence: z.int().min(1) })

/** As it is: the app would look for a schema to write it by. */
const sendJson = (reply: FastifyReply, answer: object): FastifyReply => reply.type('application/json').send(JSON.stringify(answer))

const NO_BATCH_TYPE = refusal(415, 'content-type-unknown', `Content-Type: a batch is ${[...BATCH_TYPES].join(' or ')}`)

function problemRefusal(problem: BatchProblem): RequestRefusal {
  const message = describeBatchProblem(problem)
  switch (problem.kind) {
    case 'too-large':
      return refusal(413, 'body-too-large', message, { bytesMax: problem.bytesMax })
    case 'version-unknown':
      return refusal(422, 'batch-version-unknown', message, { version: problem.version, known: problem.known })
    case 'not-utf-8':
      return refusal(400, 'batch-malformed', message)
    case 'malformed':
      return refusal(400, 'batch-malformed', message, { line: problem.line, field: problem.field, rule: problem.rule })
    default:
      return never(problem)
  }
}

function batchRefusal(wrong: BatchRefusal): RequestRefusal {
  switch (wrong.kind) {
    case 'terminal-differs':
      return refusal(422, wrong.kind, `terminal: a batch of ${wrong.inBatch}, signed by ${wrong.signedBy}`)
    case 'terminal-unknown':
      return refusal(401, wrong.kind, `terminal: ${wrong.terminal} is not enrolled here`)
    case 'batch-conflict':
      return refusal(409, wrong.kind, `number: batch ${wrong.number} came before with other content`, { number: wrong.number, hash: wrong.hash })
    case 'batch-out-of-order':
      return refusal(409, wrong.kind, `number: the centre stands at batch ${wrong.standing.batch} and fact ${wrong.standing.sequence}`, { standing: wrong.standing })
    case 'chain-broken': {
      const place = wrong.at === 'previous' ? "previous: is not the hash of the terminal's batch before" : `fact ${wrong.at}: its hash is not the chain's`
      return refusal(409, wrong.kind, place, { at: wrong.at, standing: wrong.standing })
    }
    default:
      return never(wrong)
  }
}

function retryRefusal(wrong: RetryRefusal): RequestRefusal {
  switch (wrong.kind) {
    case 'terminal-unknown':
      return refusal(401, wrong.kind, `terminal: ${wrong.terminal} is not enrolled here`)
    case 'fact-unknown':
      return refusal(404, wrong.kind, `sequence: the centre was not sent fact ${wrong.sequence}`)
    default:
      return never(wrong)
  }
}
