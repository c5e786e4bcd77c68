/** The link against a server that answers anything: what each answer means, and what was signed. */

import { createPublicKey, hash, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signingText } from '../../../settlement/batch/batch.ts'
import type { CentreLink } from '../../../settlement/sync/link.ts'
import { centreLink, signedAsking } from './centre-link.ts'
import { centreAddress } from './enrol.ts'
import { makeTerminalKey, type TerminalKey } from './terminal-key.ts'

const TIME = '20261126101500'
const TERMINAL = 'H99999900001-01'
const folder = mkdtempSync(join(tmpdir(), 'centre-link-'))
let server: Server
let key: TerminalKey
let link: CentreLink
let answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

beforeAll(async () => {
  const made = makeTerminalKey(join(folder, 'key.pem'))
  if (!made.ok) throw new Error(made.error.problem)
  key = made.value
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => answer(request, response, Buffer.concat(parts)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

const port = (): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
const linkTo = (url: string, signal?: AbortSignal): CentreLink =>
  centreLink(signedAsking({ url, terminal: TERMINAL, key, clock: () => ({ time: TIME, epochMs: 0 }), signal }))

beforeEach(() => {
  link = linkTo(`http://127.0.0.1:${port()}/`)
})
afterEach(() => {
  answer = () => {}
})

const says = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): void => {
  answer = (_, response) => response.writeHead(status, headers).end(body)
}

describe('the link to a centre', () => {
  it('signs method, path, terminal, time and the digest of the uncompressed body', async () => {
    const body = new Uint8Array([0x28, 0xb5, 1, 2, 3])
    const digest = hash('sha256', 'the lines', 'hex')
    let seen: IncomingMessage | undefined
    let received: Buffer | undefined
    answer = (request, response, bytes) => {
      seen = request
      received = bytes
      response.writeHead(200).end(JSON.stringify({ number: 1, hash: digest, verdicts: [] }))
    }
    let sent = 0
    expect(await link.upload({ number: 1, hash: digest, body }, () => (sent += 1))).toEqual({ ok: true, value: { number: 1, hash: digest, verdicts: [] } })
    expect(sent).toBe(1)
    expect(received).toEqual(Buffer.from(body))
    expect(seen?.headers).toMatchObject({ 'content-type': 'application/vnd.caresettle.batch', 'content-encoding': 'zstd' })
    const [, signature = ''] = /^CareSettle terminal="H99999900001-01", time="20261126101500", signature="(.*)"$/.exec(seen?.headers.authorization ?? '') ?? []
    const text = signingText({ method: 'POST', path: '/v1/batches', terminal: TERMINAL, time: TIME, digest })
    const publicKey = createPublicKey({ key: Buffer.from(key.publicKey, 'base64'), format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))).toBe(true)
  })

  it.each([
    ['a fault of the centre', 500, '{"error":{"kind":"centre-fault","message":"x"}}', {}, { kind: 'centre-down', status: 500 }],
    ['a page of a router', 200, '<html>welcome</html>', {}, { kind: 'centre-down', status: 200, cause: 'the answer is not JSON' }],
    ['another program', 200, '{"status":"ok"}', {}, { kind: 'centre-down', status: 200 }],
    ['a redirect', 302, '', { location: 'http://elsewhere.invalid/' }, { kind: 'centre-down', status: 302 }],
    ['a 404 of no centre', 404, 'not found', {}, { kind: 'centre-down', status: 404 }],
    ['a refusal', 401, '{"error":{"kind":"terminal-unknown","message":"not here"}}', {}, { kind: 'refused', reason: 'terminal-unknown', message: 'not here' }],
    ['another clock', 401, '{"error":{"kind":"clock-skew","message":"x","centreTime":"20261126120000"}}', {}, { kind: 'clock-skew', centreTime: '20261126120000' }],
    ['a flood', 429, '{"error":{"kind":"too-many-requests"}}', { 'retry-after': '7' }, { kind: 'too-many', retryAfterMs: 7_000 }]
  ] as const)('tells %s', async (_, status, body, headers, failure) => {
    says(status, body, headers)
    expect(await link.standing()).toMatchObject({ ok: false, error: failure })
  })

  it('tells a connection that broke from a machine on which nothing listens', async () => {
    answer = (_, response) => response.destroy()
    expect(await link.standing()).toMatchObject({ ok: false, error: { kind: 'network-down' } })
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      setTimeout(() => response.destroy(), 10)
    }
    expect(await link.standing()).toMatchObject({ ok: false, error: { kind: 'network-down' } })
    expect(await linkTo('http://127.0.0.1:1').standing()).toMatchObject({ ok: false, error: { kind: 'centre-down', cause: 'ECONNREFUSED' } })
    expect(await linkTo('http://nowhere.invalid').standing()).toMatchObject({ ok: false, error: { kind: 'network-down' } })
    expect(await linkTo(`https://127.0.0.1:${port()}`).standing()).toMatchObject({ ok: false, error: { kind: 'centre-down' } })
  })

  it('keeps of what somebody says who refuses no more than a sentence, and nothing that a console obeys', async () => {
    says(403, JSON.stringify({ error: { kind: 'denied\u001B[2J', message: `\u001B[31mpage 1\r\n${'x'.repeat(5_000)}` } }))
    expect(await link.standing()).toEqual({ ok: false, error: { kind: 'refused', reason: 'denied [2J', message: ` [31mpage 1  ${'x'.repeat(187)}` } })
  })

  it('asks for a list by its tag', async () => {
    const tags: (string | undefined)[] = []
    answer = (request, response) => {
      tags.push(request.headers['if-none-match'])
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304, { etag: '"1"' }).end()
      else response.writeHead(200, { etag: '"1"' }).end('{"version":"1","cards":[]}')
    }
    expect(await link.download('lost-cards', undefined)).toEqual({ ok: true, value: { kind: 'fresh', version: '1', etag: '"1"', document: '{"version":"1","cards":[]}' } })
    expect(await link.download('lost-cards', '"1"')).toEqual({ ok: true, value: { kind: 'unchanged' } })
    expect(tags).toEqual([undefined, '"1"'])
    says(200, '{"cards":[]}', { etag: '"1"' })
    expect(await link.download('lost-cards', undefined)).toMatchObject({ ok: false, error: { kind: 'centre-down' } })
  })

  it('is broken off when the till closes', async () => {
    const closing = new AbortController()
    answer = () => closing.abort()
    expect(await linkTo(`http://127.0.0.1:${port()}`, closing.signal).standing()).toMatchObject({ ok: false, error: { kind: 'network-down' } })
  })
})

describe('the address of a centre', () => {
  it.each([
    [' https://centre.test:8443/ ', 'https://centre.test:8443'],
    ['http://10.0.0.1:8080', 'http://10.0.0.1:8080'],
    ['https://centre.test/yibao/', 'https://centre.test/yibao']
  ])('%s is %s', (typed, address) => {
    expect(centreAddress(typed)).toBe(address)
  })

  it.each(['centre', 'ftp://centre', 'javascript:alert(1)', 'http://user:secret@centre', 'http://centre/?a=1', ''])('"%s" is none', (typed) => {
    expect(centreAddress(typed)).toBeUndefined()
  })
})
