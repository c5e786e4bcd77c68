/**
 * Lets nobody through to a terminal's routes but that terminal. What can be seen in the header is looked at before the body
 * is received, the signature after it. A route is a terminal's unless it says `config: { access: 'open' }`.
 */

import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { invariant } from '../../../base/invariant.ts'
import { isNear, isSignedBy, parseSignedHeader } from '../enrol/request-signature.ts'
import type { CentrePorts } from '../ports.ts'
import type { TerminalRow } from '../store/schema.ts'
import type { FloodGate } from './flood-gate.ts'
import { refusal, sendRefusal } from './refusal.ts'
import { tooMany } from './too-many.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Default: terminal. Whoever opens a route checks by itself who asks. */
    readonly access?: 'open' | 'terminal'
  }
  interface FastifyRequest {
    caller: Caller | undefined
  }
}

export interface Caller {
  /** As it stood when the request began; what changes is read again under `lockTerminal`. */
  readonly terminal: TerminalRow
  /** Of the request: 14 digits, and base64 of Ed25519. */
  readonly time: string
  readonly signature: string
  /** SHA-256 of the uncompressed body in hex, which is signed; empty until the body is there. */
  readonly digest: string
}

/** Of a route that only a terminal can get to. */
export function callerOf(request: FastifyRequest): Caller {
  invariant(request.caller !== undefined, `${request.routeOptions.url} is open to everybody`)
  return request.caller
}

export function knowCallers(app: FastifyInstance, { database, clock }: CentrePorts, gate: FloodGate): void {
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request, reply) => {
    if (isOpen(request)) return undefined
    const header = parseSignedHeader(request.headers.authorization)
    if (header === undefined) return sendRefusal(reply, MALFORMED)
    const centreTime = clock().time
    if (!isNear(header.time, centreTime)) {
      return sendRefusal(reply, refusal(401, 'clock-skew', `time: more than 30 minutes away from the centre's ${centreTime}`, { centreTime }))
    }
    const terminal = await database.db.selectFrom('terminal').selectAll().where('terminal', '=', header.terminal).executeTakeFirst()
    if (terminal === undefined) return sendRefusal(reply, refusal(401, 'terminal-unknown', `terminal: ${header.terminal} is not enrolled here`))
    request.caller = { terminal, time: header.time, signature: header.signature, digest: '' }
    return undefined
  })
  app.addHook('preHandler', async (request, reply) => {
    if (isOpen(request)) return undefined
    const caller = callerOf(request)
    const { terminal, time, signature } = caller
    const { method, url: path, received } = request
    const digest = received.digest ?? hash('sha256', received.bytes, 'hex')
    if (!isSignedBy(terminal.public_key, { method, path, terminal: terminal.terminal, time, digest, signature })) {
      return sendRefusal(reply, refusal(401, 'signature-wrong', "signature: is not this terminal's over this request"))
    }
    request.caller = { ...caller, digest }
    return floodRefusal(gate, terminal.terminal, clock().epochMs, reply)
  })
}

/** Counted only when it is signed: nobody uses up another's share. */
function floodRefusal(gate: FloodGate, terminal: string, nowMs: number, reply: FastifyReply): FastifyReply | undefined {
  const wait = gate.pass(terminal, nowMs)
  return wait === undefined ? undefined : tooMany(reply, 'this terminal', wait)
}

/** An address that is none leads nowhere, whoever asks. */
const isOpen = (request: FastifyRequest): boolean => request.is404 || request.routeOptions.config.access === 'open'

const MALFORMED = refusal(401, 'authorization-malformed', 'Authorization: must be CareSettle terminal="...", time="...", signature="..."')
