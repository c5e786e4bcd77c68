/**
 * The door: the built page and the host behind it, for one browser on this machine. Who asks is looked at before what is
 * asked; what is asked passes the same schemas as in the shell.
 */

import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { invariant } from '../../base/invariant.ts'
import { checkRequest } from '../contract/check-request.ts'
import { VISIT_TEXT_MAX } from '../contract/requests.ts'
import { builtFile, type BuiltFiles } from '../page/built-files.ts'
import { freshNonce } from '../page/content-security-policy.ts'
import { withNonce } from '../page/nonce-page.ts'
import { pageHeaders } from '../page/page-headers.ts'
import type { Supervisor } from '../supervisor/supervisor.ts'
import { foreignness } from './check-origin.ts'
import { Entrance } from './entrance.ts'
import { EventStreams } from './event-stream.ts'
import { hostNames } from './loopback.ts'
import { inWords, NO_SESSION, refused, WRONG_TOKEN, type Refused } from './refusal-body.ts'

export interface DoorOptions {
  /** A loopback address. */
  readonly address: string
  /** 0: any that is free. */
  readonly port: number
  readonly files: BuiltFiles
  readonly supervisor: Supervisor
}

export interface Door {
  /** A new address that opens the door once. */
  newUrl(): string
  close(): Promise<void>
}

/** A visit inside JSON grows by the escapes of its quotes. */
const BODY_BYTES_MAX = VISIT_TEXT_MAX + VISIT_TEXT_MAX / 2

const TOKEN_PATH = '/open'

export async function openDoor({ address, port, files, supervisor }: DoorOptions): Promise<Door> {
  const entrance = new Entrance()
  const streams = new EventStreams((listener) => supervisor.listen(listener))
  const server = fastify({ bodyLimit: BODY_BYTES_MAX, exposeHeadRoutes: false, forceCloseConnections: true, frameworkErrors })
  let hosts: readonly string[] = []

  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({ ...pageHeaders(freshNonce()), 'cache-control': 'no-store' })
    const foreign = foreignness(hosts, request)
    if (foreign !== undefined) return send(reply, foreign)
    const [path] = request.raw.url?.split('?') ?? []
    if (path !== TOKEN_PATH && !entrance.isOpenFor(request.headers.cookie, portOf(request))) return send(reply, NO_SESSION)
    return undefined
  })
  server.get<{ Querystring: { token?: unknown } }>(TOKEN_PATH, async (request, reply) => {
    const { token } = request.query
    const cookie = typeof token === 'string' ? entrance.open(token, portOf(request)) : undefined
    if (cookie === undefined) return send(reply, WRONG_TOKEN)
    // Whoever looked on in an older session looks on no more.
    streams.endAll()
    return reply.header('set-cookie', cookie).redirect('/')
  })
  serveCalls(server, supervisor)
  server.get('/events', async (_, reply) => {
    if (streams.isFull) return send(reply, refused(429, { kind: 'too-many-windows', zh: '打开的窗口过多', en: 'too many windows are open' }))
    const headers = pageHeaders(freshNonce())
    reply.hijack()
    streams.begin(reply.raw, headers)
    return reply
  })
  servePage(server, files)
  server.setErrorHandler(answerError)

  await server.listen({ host: address, port })
  const bound = server.server.address()
  invariant(isAddress(bound), 'the door listens on a port')
  hosts = hostNames(address, bound.port)
  return {
    newUrl: () => `http://${hosts[0]}${TOKEN_PATH}?token=${entrance.newToken()}`,
    async close() {
      streams.endAll()
      await server.close()
    }
  }
}

const portOf = ({ raw }: Pick<FastifyRequest, 'raw'>): number => raw.socket.localPort ?? 0

function serveCalls(server: FastifyInstance, supervisor: Supervisor): void {
  server.removeContentTypeParser('text/plain')
  server.post('/call', async ({ body }, reply) => {
    if (!isCall(body)) {
      return send(reply, refused(400, { kind: 'wrong-body', zh: '请求体应为name和params', en: 'body: must be an object of name and params, and nothing else' }))
    }
    const request = checkRequest(body.name, body.params)
    if (!request.ok) return send(reply, { status: 400, body: request })
    return supervisor.call(request.value.name, request.value.params)
  })
}

function servePage(server: FastifyInstance, files: BuiltFiles): void {
  server.setNotFoundHandler(async (request, reply) => {
    // The path as it came: what is written in another way is not one of ours.
    const file = request.method === 'GET' ? builtFile(files, request.raw.url ?? '') : undefined
    if (file === undefined) {
      return send(reply, refused(404, { kind: 'not-found', zh: '没有这个地址', en: `${request.method} of this address: there is nothing here` }))
    }
    void reply.type(file.contentType)
    if (!file.contentType.startsWith('text/html')) return reply.header('cache-control', 'private, max-age=3600').code(200).send(await readFile(file.file))
    const nonce = freshNonce()
    return reply
      .headers(pageHeaders(nonce))
      .code(200)
      .send(withNonce(await readFile(file.file, 'utf8'), nonce))
  })
}

const isCall = (body: unknown): body is { readonly name: unknown; readonly params: unknown } =>
  typeof body === 'object' && body !== null && 'name' in body && 'params' in body && Object.keys(body).length === 2

const isAddress = (bound: AddressInfo | string | null): bound is AddressInfo => typeof bound === 'object' && bound !== null

function send(reply: FastifyReply, { status, body }: Refused): FastifyReply {
  const isPerson = reply.request.headers.accept?.includes('text/html') === true
  return isPerson ? reply.code(status).type('text/plain; charset=utf-8').send(inWords(body)) : reply.code(status).send(body)
}

const CLIENT_ERRORS: Readonly<Record<number, { readonly kind: string; readonly zh: string; readonly en: string }>> = {
  400: { kind: 'bad-json', zh: '请求体不是有效的JSON', en: 'body: is not JSON' },
  413: { kind: 'body-too-large', zh: '请求体过大', en: `body: at most ${BODY_BYTES_MAX} bytes` },
  415: { kind: 'wrong-media-type', zh: '请求体类型不符', en: 'Content-Type: must be application/json' }
}

/** What fastify itself refuses. The message of an unforeseen error is for whoever runs the program, not for the browser. */
async function answerError(error: FastifyError, _: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const known = CLIENT_ERRORS[error.statusCode ?? 500]
  if (known !== undefined) return send(reply, refused(error.statusCode ?? 400, known))
  process.stderr.write(`door: ${error.stack ?? error.message}\n`)
  return send(reply, refused(500, { kind: 'door-fault', zh: '门户程序出错', en: 'the door failed; its terminal says why' }))
}

/** Addresses that no route can be found for: nobody has looked yet at who asks, and nothing is told to him. */
const frameworkErrors = (_: FastifyError, __: FastifyRequest, reply: FastifyReply): void => {
  void send(reply.headers(pageHeaders(freshNonce())), refused(400, { kind: 'bad-address', zh: '地址写法有误', en: 'address: cannot be read' }))
}
