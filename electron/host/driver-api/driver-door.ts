/**
 * The reader functions for other programs on this machine: HTTP and JSON on a loopback address.
 *
 *   POST /pair           {name, code}     the token, once; the code stands in the window
 *   POST /iReadCardBas   {iType}          {return, pOutInfo, zh, en}, and so on for every function
 *
 * A refusal of the function is a 200 with its national code. 4xx is the door's own: wrong Host, unpaired, a parameter that
 * is none.
 */

import type { AddressInfo } from 'node:net'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { checkDocument, describeProblem } from '../../../settlement/wire/input-problem.ts'
import type { Text } from '../../contract/text.ts'
import type { Caller, Callers, PairingRefusal } from './callers.ts'
import type { DriverApi } from './driver-api.ts'
import { FUNCTIONS, isFunctionName, returned, type FunctionName, type FunctionParams, type Returned } from './functions.ts'
import { RETURN, wordsOf } from './return-code.ts'

export interface DriverDoorPorts {
  readonly api: DriverApi
  readonly callers: Callers
  /** YYYY-MM-DD. */
  readonly today: () => string
  /** A function was called; undefined: a caller was paired, or tried to. */
  readonly told: (call: { readonly caller: string; readonly name: string; readonly code: number; readonly words: Text } | undefined) => void
}

export interface DriverDoor {
  readonly address: string
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
const BODY_BYTES_MAX = 64 * 1024
/** Calls that wait for the card at one time. */
export const CALLS_MAX = 8
const KEY_LENGTH_MAX = 64

/** What would turn a name round on the screen, or hide in it, beside a question for a PIN. */
const PLAIN = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u

const NAME_RULE = 'must be 1 to 60 characters, none of them a control character'
const CODE_RULE = 'must be the code that stands in the window, as text'
const pairSchema = z.strictObject({ name: z.string(NAME_RULE).trim().min(1, NAME_RULE).max(60, NAME_RULE).regex(PLAIN, NAME_RULE), code: z.string(CODE_RULE).max(20, CODE_RULE) })

/** Refused: the port is taken, or may not be listened on. */
export async function openDriverDoor(ports: DriverDoorPorts, port: number): Promise<Result<DriverDoor, { readonly kind: 'port'; readonly port: number; readonly cause: string }>> {
  const server = fastify({ bodyLimit: BODY_BYTES_MAX, exposeHeadRoutes: false, forceCloseConnections: true, frameworkErrors: (_, __, reply) => void send(reply, 400, 'the address cannot be read') })
  let hosts: readonly string[] = []
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    const foreign = foreignness(hosts, ports.callers, request)
    if (foreign !== undefined) return send(reply, 403, foreign)
    allowOrigin(request, reply)
    return undefined
  })
  serve(server, ports)
  try {
    await server.listen({ host: LOOPBACK, port })
  } catch (cause) {
    return refuse({ kind: 'port', port, cause: cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause) })
  }
  const bound = server.server.address()
  invariant(isAddress(bound), 'the driver door listens on a port')
  hosts = [`${LOOPBACK}:${bound.port}`, `localhost:${bound.port}`]
  return ok({ address: `http://${hosts[0]}`, close: () => server.close() })
}

function serve(server: FastifyInstance, ports: DriverDoorPorts): void {
  server.removeContentTypeParser('text/plain')
  // A page asks first whether it may: the hook has looked at who asks, and only a POST of JSON may follow.
  server.options('*', async (_, reply) =>
    reply
      .headers({ 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'authorization, content-type, idempotency-key', 'access-control-allow-private-network': 'true', 'access-control-max-age': '600' })
      .code(204)
      .send()
  )
  server.post('/pair', async (request, reply) => pair(ports, request, reply))
  let running = 0
  server.post<{ Params: { name: string } }>('/:name', async (request, reply) => {
    const { name } = request.params
    const caller = callerOf(ports.callers, request)
    if (caller === undefined) return send(reply, 401, 'Authorization: must be "Bearer" and the token that this caller was given when it was paired')
    if (!isFunctionName(name)) return send(reply, 404, `there is no function "${name.slice(0, 40)}"; there are ${Object.keys(FUNCTIONS).join(', ')}`)
    if (running >= CALLS_MAX) return send(reply, 429, `${CALLS_MAX} calls wait for the card already`)
    running += 1
    try {
      return await answer(ports, caller, name, request, reply)
    } finally {
      running -= 1
    }
  })
  server.setNotFoundHandler(async (_, reply) => send(reply, 404, 'there is nothing here; POST to /pair or to the name of a function'))
  server.setErrorHandler(answerError)
}

async function answer({ api, told }: DriverDoorPorts, caller: Caller, name: FunctionName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const params = checkDocument<z.ZodType<FunctionParams<FunctionName>>>(FUNCTIONS[name], request.body)
  if (!params.ok) return send(reply, 400, params.error.map(describeProblem).join('; '))
  const key = request.headers['idempotency-key']
  if (name === 'iDoDebit' && !isKey(key)) return send(reply, 400, `Idempotency-Key: must be given with iDoDebit, 1 to ${KEY_LENGTH_MAX} printable characters, another for every debit`)
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  const done = await api.call({ caller, name, params: params.value, key: isKey(key) ? key : undefined, gone: gone.signal })
  told({ caller: caller.name, name, code: done.return, words: wordsOf(done.return) })
  return reply.code(200).send(bodyOf(done))
}

const isKey = (key: string | string[] | undefined): key is string => typeof key === 'string' && key.length <= KEY_LENGTH_MAX && /^[\x21-\x7e]+$/.test(key)

async function pair({ callers, today, told }: DriverDoorPorts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const asked = checkDocument(pairSchema, request.body)
  if (!asked.ok) return send(reply, 400, asked.error.map(describeProblem).join('; '))
  const paired = callers.pair(asked.value.code, asked.value.name, request.headers.origin, today())
  told(undefined)
  if (!paired.ok) return send(reply, paired.error === 'too-many-callers' ? 409 : 403, PAIRING[paired.error])
  return reply.code(200).send({ token: paired.value })
}

const PAIRING: Readonly<Record<PairingRefusal, string>> = {
  'no-pairing-open': 'code: no pairing is open; begin one in the window of the terminal',
  'wrong-code': 'code: is not the one that stands in the window',
  'too-many-callers': 'there are too many callers; take one away in the window'
}

function callerOf(callers: Callers, { headers: { authorization, origin } }: FastifyRequest): Caller | undefined {
  const [, token] = /^Bearer ([\w-]{1,100})$/.exec(authorization ?? '') ?? []
  return token === undefined ? undefined : callers.callerOf(token, origin)
}

/**
 * Host must be this address, so that no foreign name is pointed here. A page may call from an origin that was paired, or pair
 * itself while a code stands in the window; anything else from a browser is nobody we know.
 */
function foreignness(hosts: readonly string[], callers: Callers, { headers: { host, origin } }: FastifyRequest): string | undefined {
  if (host === undefined || !hosts.includes(host)) return `Host: must be ${hosts.join(' or ')}`
  if (origin === undefined || callers.isPairedOrigin(origin) || callers.pairing !== undefined) return undefined
  return 'Origin: this page was not paired with the terminal'
}

function allowOrigin({ headers: { origin } }: FastifyRequest, reply: FastifyReply): void {
  if (origin !== undefined) void reply.headers({ 'access-control-allow-origin': origin, vary: 'Origin' })
}

const isAddress = (bound: AddressInfo | string | null): bound is AddressInfo => typeof bound === 'object' && bound !== null

const bodyOf = (done: Returned): Returned & { readonly zh: string; readonly en: string } => ({ ...done, ...wordsOf(done.return) })

const send = (reply: FastifyReply, status: number, problem: string): FastifyReply => reply.code(status).send(bodyOf(returned(RETURN.wrongParameter, { problem })))

const CLIENT_ERRORS: Readonly<Record<number, string>> = {
  400: 'body: is not JSON',
  413: `body: at most ${BODY_BYTES_MAX} bytes`,
  415: 'Content-Type: must be application/json'
}

async function answerError(error: FastifyError, _: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const status = error.statusCode ?? 500
  const known = CLIENT_ERRORS[status]
  if (known !== undefined) return send(reply, status, known)
  process.stderr.write(`driver door: ${error.stack ?? error.message}\n`)
  return reply.code(500).send(bodyOf(returned(RETURN.notConnected)))
}
