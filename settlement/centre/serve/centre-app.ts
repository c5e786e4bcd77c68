/**
 * The centre's own interface as a fastify app that does not listen yet. Every area registers its routes with
 * `register(app, ports)`; what holds for all of them - who asks, how much, how large, how refusals look - is settled here
 * before a route sees anything.
 */

import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerFactory } from 'fastify'
import { registerEnrolment } from '../enrol/routes.ts'
import type { CentrePorts } from '../ports.ts'
import { BATCH_TYPES, readBodies } from './body.ts'
import { boundBodies } from './body-budget.ts'
import { knowCallers } from './caller.ts'
import { registerDownloads } from './downloads.ts'
import { registerEntitlements } from './entitlements.ts'
import { FloodGate } from './flood-gate.ts'
import { registerHealth } from './health.ts'
import { registerKeptBatch } from './kept-batch.ts'
import { ARRIVAL, CONNECTIONS_MAX, RATES, type Rates } from './limits.ts'
import { refusal, RequestRefused, sendRefusal, type RequestRefusal } from './refusal.ts'
import { registerStanding } from './standing.ts'
import { tooMany } from './too-many.ts'
import type { Unpack } from './unpack.ts'

/** What an area of the centre exports: `registerIntake`, `registerLoads`, ... */
export type Register = (app: FastifyInstance, ports: CentrePorts) => void

export interface CentreAppOptions {
  /** Areas beside the app's own. */
  readonly areas: readonly Register[]
  readonly version: string
  /** Default: RATES. A bench measures something else. */
  readonly rates?: Rates
  /** Of batches; default: on the thread pool. */
  readonly unpack?: Unpack
  /** For TLS. */
  readonly serverFactory?: FastifyServerFactory
}

const OWN: readonly Register[] = [registerEnrolment, registerStanding, registerKeptBatch, registerDownloads, registerEntitlements]

export function centreApp(ports: CentrePorts, { areas, version, rates = RATES, unpack, serverFactory }: CentreAppOptions): FastifyInstance {
  const app = fastify({
    exposeHeadRoutes: false,
    requestTimeout: ARRIVAL.requestTimeout,
    http: ARRIVAL,
    frameworkErrors,
    ...(serverFactory === undefined ? {} : { serverFactory })
  })
  app.server.maxConnections = CONNECTIONS_MAX
  logRequests(app, ports)
  app.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'))
  holdOffFloods(app, ports, rates)
  boundBodies(app)
  readBodies(app, unpack)
  knowCallers(app, ports, new FloodGate(rates.terminal))
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, ports))
  app.setNotFoundHandler((_, reply) => sendRefusal(reply, refusal(404, 'not-found', 'there is nothing at this address')))
  registerHealth(app, ports, version)
  for (const register of [...OWN, ...areas]) register(app, ports)
  return app
}

function holdOffFloods(app: FastifyInstance, { clock }: CentrePorts, rates: Rates): void {
  const addresses = new FloodGate(rates.address)
  const enrolments = new FloodGate(rates.enrolment)
  app.addHook('onRequest', async (request, reply) => {
    const { epochMs } = clock()
    const gates = request.routeOptions.url === '/v1/enrol' ? [addresses, enrolments] : [addresses]
    for (const gate of gates) {
      const wait = gate.pass(request.ip, epochMs)
      if (wait !== undefined) return tooMany(reply, 'this address', wait)
    }
    return undefined
  })
}

/** One line a request: the route, not the address, which may name a person. */
function logRequests(app: FastifyInstance, { log }: CentrePorts): void {
  app.addHook('onResponse', async (request, reply) => {
    const fields = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      terminal: request.caller?.terminal.terminal,
      bytes: request.received.length,
      ms: Math.round(reply.elapsedTime)
    }
    if (reply.statusCode >= 400) log.warn(fields, 'request refused')
    else log.info(fields, 'request')
  })
}

const BAD_ADDRESS = refusal(400, 'address-malformed', 'the address cannot be read')

/** Addresses that no route can be found for. */
const frameworkErrors = (_: FastifyError, __: FastifyRequest, reply: FastifyReply): void => void sendRefusal(reply, BAD_ADDRESS)

const BY_CODE: Readonly<Record<string, RequestRefusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: refusal(413, 'body-too-large', 'body: is larger than what this address takes'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: refusal(415, 'content-type-unknown', `Content-Type: must be application/json, or ${[...BATCH_TYPES].join(' or ')} for a batch`),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: refusal(400, 'body-damaged', 'Content-Length: is not the length of the body')
}

/** A database that was lost while it answered may have written it all the same. */
const FAILED = refusal(500, 'centre-fault', 'the centre failed; ask again, what was done already is not done twice')

/** What went wrong inside is for the log, not for whoever asked; and the log does not get values, which may be a person's. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply, { log }: CentrePorts): FastifyReply {
  if (error instanceof RequestRefused) return sendRefusal(reply, error.refusal)
  const known = BY_CODE[error.code]
  if (known !== undefined) return sendRefusal(reply, known)
  if (error.statusCode !== undefined && error.statusCode < 500) return sendRefusal(reply, refusal(error.statusCode, 'request-malformed', error.message))
  // Not `code`: that is what a terminal enrols with, and no log has it.
  log.error({ route: request.routeOptions.url ?? 'none', failure: error.code, error: error.name, stack: placesOf(error) }, 'a request failed inside')
  return sendRefusal(reply, FAILED)
}

/** Where it happened, without the message. */
const placesOf = (error: Error): readonly string[] => (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.trim())
