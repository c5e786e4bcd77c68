/** The door as strangers meet it: real sockets, written by hand where a browser would not do it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtFiles } from '../page/built-files.ts'
import { nodeHost } from '../supervisor/node-host.ts'
import { Supervisor } from '../supervisor/supervisor.ts'
import { systemTimer } from '../supervisor/timer.ts'
import { openDoor, type Door } from './server.ts'

const SCRIPTED_HOST = join(import.meta.dirname, '..', '..', 'test', 'support', 'scripted-host.ts')

let folder: string
let supervisor: Supervisor
let door: Door
/** 127.0.0.1:PORT */
let host: string
let cookie: string

interface Reply {
  readonly status: number
  readonly headers: string
  readonly body: string
}

/** Byte for byte what is given; the answer to the end of the connection. */
function raw(request: string): Promise<Reply> {
  return new Promise((done, failed) => {
    const [address = '', port = '0'] = host.split(':')
    const socket = connect(Number(port), address)
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', failed)
    socket.on('close', () => {
      const [headers = '', body = ''] = text.split('\r\n\r\n')
      done({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1]), headers, body })
    })
    // Not ended from this side: a server takes that for a client that has gone.
    socket.write(request)
  })
}

interface Asking {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

function ask({ method = 'GET', path = '/', headers = {}, body = '' }: Asking): Promise<Reply> {
  const all = { host, connection: 'close', ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return raw(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}

const call = (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
  ask({
    method: 'POST',
    path: '/call',
    headers: { 'cookie': cookie, 'origin': `http://${host}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })

const kindOf = ({ body }: Reply): string => (JSON.parse(body) as { error: { kind: string } }).error.kind
const wordsOf = ({ body }: Reply): string => (JSON.parse(body) as { error: { what: { en: string } } }).error.what.en

const tokenIn = (url: string): string => new URL(url).searchParams.get('token') ?? ''
const open = (token: string): Promise<Reply> => ask({ path: `/open?token=${token}` })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'caresettle-door-'))
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><meta name="csp-nonce" content="__NONCE__"><p>the page')
  writeFileSync(join(folder, 'page', 'assets', 'app.js'), 'export {}')
  writeFileSync(join(folder, 'page', 'assets', 'app.js.map'), '{}')
  writeFileSync(join(folder, 'secret.html'), 'not a file of the page')
  supervisor = new Supervisor(
    nodeHost({ node: process.execPath, entry: SCRIPTED_HOST, data: folder, fixtures: 'fixtures', version: '0.0.1', environment: process.env }),
    systemTimer
  )
  supervisor.start()
  door = await openDoor({ address: '127.0.0.1', port: 0, files: builtFiles(join(folder, 'page')), supervisor })
  const url = door.newUrl()
  host = new URL(url).host
  const opened = await open(tokenIn(url))
  cookie = /set-cookie: ([^;]+)/.exec(opened.headers)?.[1] ?? ''
})
afterAll(async () => {
  await door.close()
  await supervisor.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the one-time address', () => {
  it('opens the door: a cookie that no script reads and no other site sends, and the way to the page', async () => {
    const { status, headers } = await open(tokenIn(door.newUrl()))
    expect(status).toBe(302)
    expect(headers).toMatch(/^location: \/\r?$/m)
    expect(headers).toMatch(/^set-cookie: caresettle-session-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict\r?$/m)
    cookie = /set-cookie: ([^;]+)/.exec(headers)?.[1] ?? ''
  })

  it('carries 256 bits', () => {
    expect(tokenIn(door.newUrl())).toMatch(/^[\w-]{43}$/)
  })

  it('opens it once', async () => {
    const token = tokenIn(door.newUrl())
    const first = await open(token)
    cookie = /set-cookie: ([^;]+)/.exec(first.headers)?.[1] ?? ''
    const second = await open(token)
    expect(second.status).toBe(403)
    expect(second.headers).not.toContain('set-cookie')
    expect(kindOf(second)).toBe('wrong-token')
    expect(wordsOf(second)).toBe('token: wrong, or used already: it opens the door once')
  })

  it('that was used says to the person before the browser how a new one is had', async () => {
    const { status, headers, body } = await ask({ path: '/open?token=used', headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })
    expect(status).toBe(403)
    expect(headers).toMatch(/^content-type: text\/plain; charset=utf-8\r?$/m)
    expect(body).toContain('一次性地址不对或已使用过。请在运行本程序的终端按回车，用它给出的新地址（后台运行时：kill -USR2 进程号）。\n')
    expect(body).toContain('Press Enter in the terminal that runs the program and use the new address that it prints')
  })

  it.each(['', '?token=', '?token=wrong', '?token=a&token=b'])('does not open it as /open%s', async (query) => {
    const { status, headers } = await ask({ path: `/open${query}` })
    expect(status).toBe(403)
    expect(headers).not.toContain('set-cookie')
  })

  it('is of this door alone: the cookie of a till on another port stands beside it', async () => {
    const { headers } = await open(tokenIn(door.newUrl()))
    cookie = /set-cookie: ([^;]+)/.exec(headers)?.[1] ?? ''
    const port = new URL(door.newUrl()).port
    expect(cookie.startsWith(`caresettle-session-${port}=`)).toBe(true)
    const [, secret = ''] = cookie.split('=')
    expect((await ask({ headers: { cookie: `caresettle-session-1=${'A'.repeat(43)}; ${cookie}` } })).status).toBe(200)
    expect((await ask({ headers: { cookie: `caresettle-session-1=${secret}` } })).status).toBe(403)
  })

  it('used again by a second browser ends the session of the first', async () => {
    const first = cookie
    const second = await open(tokenIn(door.newUrl()))
    cookie = /set-cookie: ([^;]+)/.exec(second.headers)?.[1] ?? ''
    expect((await ask({ headers: { cookie: first } })).status).toBe(403)
    expect((await ask({ headers: { cookie } })).status).toBe(200)
  })
})

describe('without the session', () => {
  it.each(['/', '/index.html', '/assets/app.js', '/events', '/nothing'])('%s is refused', async (path) => {
    const reply = await ask({ path })
    expect(reply.status).toBe(403)
    expect(kindOf(reply)).toBe('no-session')
  })

  it.each(['caresettle-session-1=', 'caresettle-session=AAAA', 'other=1', `x${'y'.repeat(2000)}=1`])('the cookie %s is none', async (wrong) => {
    expect((await call({ name: 'card.read', params: {} }, { cookie: wrong })).status).toBe(403)
  })
})

describe('a foreign page or name', () => {
  it.each([
    ['a name that was made to point here', 'evil.example'],
    ['a name of the machine', 'till.local'],
    ['another port', '127.0.0.1:1'],
    ['another loopback address', '127.0.0.2'],
    ['a name that begins alike', '127.0.0.1.evil.example'],
    ['every address', '0.0.0.0']
  ])('%s in Host is refused', async (_, name) => {
    const reply = await ask({ headers: { host: name, cookie } })
    expect(reply.status).toBe(403)
    expect(kindOf(reply)).toBe('foreign-host')
    expect(wordsOf(reply)).toBe(`Host: must be ${host} or localhost:${host.split(':')[1]}`)
  })

  it('no Host at all is refused', async () => {
    expect((await raw(`GET / HTTP/1.1\r\ncookie: ${cookie}\r\nconnection: close\r\n\r\n`)).status).toBe(400)
    expect((await raw(`GET / HTTP/1.0\r\ncookie: ${cookie}\r\n\r\n`)).status).toBe(403)
  })

  it.each([
    ['another site', 'http://evil.example'],
    ['no site that a browser names', 'null'],
    ['this door under TLS', 'https://127.0.0.1'],
    ['another port of this machine', 'http://127.0.0.1:1'],
    ['the other name of this door', 'http://localhost']
  ])('%s in Origin is refused', async (_, origin) => {
    const reply = await call({ name: 'card.read', params: {} }, { origin })
    expect(reply.status).toBe(403)
    expect(kindOf(reply)).toBe('foreign-origin')
  })

  it('a POST without Origin is refused', async () => {
    const reply = await ask({ method: 'POST', path: '/call', headers: { cookie, 'content-type': 'application/json' }, body: '{"name":"card.read","params":{}}' })
    expect(reply.status).toBe(403)
    expect(kindOf(reply)).toBe('no-origin')
  })

  it.each(['cross-site', 'same-site'])('a request that the browser calls %s is refused, the one-time address too', async (site) => {
    expect(kindOf(await ask({ headers: { cookie, 'sec-fetch-site': site } }))).toBe('foreign-site')
    expect(kindOf(await ask({ path: `/open?token=${tokenIn(door.newUrl())}`, headers: { 'sec-fetch-site': site } }))).toBe('foreign-site')
  })

  it('localhost with the port is this door', async () => {
    const port = host.split(':')[1]
    expect((await ask({ headers: { 'host': `localhost:${port}`, 'origin': `http://localhost:${port}`, cookie, 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
  })
})

describe('the page', () => {
  it('comes with a policy that trusts nothing but itself, and its nonce stands in it', async () => {
    const { status, headers, body } = await ask({ headers: { cookie } })
    expect(status).toBe(200)
    const nonce = /'nonce-([^']+)'/.exec(headers)?.[1]
    expect(nonce).toMatch(/^[\w+/]{24}$/)
    expect(body).toContain(`content="${nonce}"`)
    expect(headers).toContain("content-security-policy: default-src 'none'; script-src 'self';")
    expect(headers).not.toContain('unsafe')
    expect(headers).toContain('x-content-type-options: nosniff')
    expect(headers).toContain('referrer-policy: no-referrer')
    expect(headers).toContain('cross-origin-opener-policy: same-origin')
    expect(headers).toContain('cross-origin-resource-policy: same-origin')
    expect(headers).toContain('content-type: text/html; charset=utf-8')
  })

  it('has another nonce at every load', async () => {
    const nonces = await Promise.all([1, 2, 3].map(async () => /'nonce-([^']+)'/.exec((await ask({ headers: { cookie } })).headers)?.[1]))
    expect(new Set(nonces).size).toBe(3)
  })

  it('brings its built files and no others', async () => {
    expect((await ask({ path: '/assets/app.js', headers: { cookie } })).headers).toContain('content-type: text/javascript')
    for (const path of ['/assets/app.js.map', '/assets', '/assets/', '/../secret.html', '/assets/../../secret.html', '/..%2fsecret.html', '/%2e%2e/secret.html', '/assets/..%5c..%5csecret.html', '/assets/app.js?x', '//assets/app.js', '/assets//app.js', '/%69ndex.html', '/index.html%00']) {
      const reply = await ask({ path, headers: { cookie } })
      expect(reply.status, path).toBe(404)
      expect(reply.body, path).not.toContain('not a file of the page')
    }
  })

  it.each(['http://evil.example/', '/%E0%A4%A', '*'])('the address %s is refused', async (path) => {
    expect([400, 404]).toContain((await ask({ path, headers: { cookie } })).status)
  })

  it.each(['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('is not there for %s', async (method) => {
    expect([403, 404]).toContain((await ask({ method, headers: { cookie, origin: `http://${host}` } })).status)
  })
})

describe('a call', () => {
  it('gets the answer of the host', async () => {
    const { status, body } = await call({ name: 'catalogue.search', params: { text: 'amxl', limit: 5 } })
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ ok: true, value: { name: 'catalogue.search' } })
  })

  it('of a name that is not in the contract is refused', async () => {
    const reply = await call({ name: 'ledger.erase', params: {} })
    expect(reply.status).toBe(400)
    expect(wordsOf(reply)).toBe('there is no request named "ledger.erase"')
  })

  it.each(['__proto__', 'constructor', 'toString'])('named %s finds nothing that every object has', async (name) => {
    expect((await call(`{"name":"${name}","params":{}}`)).status).toBe(400)
  })

  it('with wrong params is told which field breaks which rule', async () => {
    const reply = await call({ name: 'settle', params: { presence: 1, revision: -1, cash: '1.00' } })
    expect(reply.status).toBe(400)
    expect(kindOf(reply)).toBe('wrong-params')
    expect(wordsOf(reply)).toBe('params of settle: revision: Too small: expected number to be >=0')
    expect(JSON.parse(reply.body)).toMatchObject({ error: { what: { zh: 'settle的参数不符：revision' }, detail: 'revision: Too small: expected number to be >=0' } })
  })

  it('is not told back what it sent as a PIN', async () => {
    const reply = await call({ name: 'card.verify-pin', params: { presence: 1, pin: '2468101214161820', lastTry: false } })
    expect(reply.status).toBe(400)
    expect(reply.body).not.toContain('24681')
  })

  it.each([
    ['nothing', '', 400, 'bad-json'],
    ['half a document', '{"name":', 400, 'bad-json'],
    ['a list', '[]', 400, 'wrong-body'],
    ['null', 'null', 400, 'wrong-body'],
    ['a field too many', '{"name":"card.read","params":{},"extra":1}', 400, 'wrong-body'],
    ['a prototype', '{"name":"card.read","params":{},"__proto__":{"x":1}}', 400, 'bad-json'],
    ['a prototype inside', '{"name":"card.read","params":{"__proto__":{"x":1}}}', 400, 'bad-json']
  ])('whose body is %s is refused', async (_, body, status, kind) => {
    const reply = await call(body)
    expect(reply.status).toBe(status)
    expect(kindOf(reply)).toBe(kind)
  })

  it('as deep as a well is refused, and the door still stands', async () => {
    const depth = 200_000
    const reply = await call(`{"name":"card.read","params":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    expect(reply.status).toBe(400)
    expect((await call({ name: 'card.read', params: {} })).status).toBe(200)
  })

  it('above 6 MiB is refused before it is read', async () => {
    const reply = await ask({
      method: 'POST',
      path: '/call',
      headers: { 'cookie': cookie, 'origin': `http://${host}`, 'content-type': 'application/json', 'content-length': String(7 * 1024 * 1024) }
    })
    expect(reply.status).toBe(413)
    expect(wordsOf(reply)).toBe('body: at most 6291456 bytes')
  })

  it('with the largest visit that the contract takes goes through', async () => {
    const reply = await call({ name: 'bill.open-text', params: { text: 'x'.repeat(4 * 1024 * 1024) } })
    expect(reply.status).toBe(200)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'sent as %s, as a form of a foreign page would be, is refused',
    async (type) => {
      const reply = await call('{"name":"card.read","params":{}}', { 'content-type': type })
      expect(reply.status).toBe(415)
      expect(wordsOf(reply)).toBe('Content-Type: must be application/json')
    }
  )
})

describe('the stream of events', () => {
  /** Everything that comes until `wanted` did. */
  function streamUntil(wanted: string): Promise<string> {
    return new Promise((done, failed) => {
      const [address = '', port = '0'] = host.split(':')
      const socket = connect(Number(port), address)
      let text = ''
      socket.setEncoding('utf8')
      socket.on('data', (chunk: string) => {
        text += chunk
        if (text.includes(wanted)) {
          socket.destroy()
          done(text)
        }
      })
      socket.on('error', failed)
      socket.on('close', () => failed(new Error(`closed before "${wanted}": ${text}`)))
      socket.write(`GET /events HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\naccept: text/event-stream\r\n\r\n`)
    })
  }

  it('begins with the state of the host, then tells what happens', async () => {
    const stream = streamUntil('"topic":"reader"')
    await streamUntil('"state":"ready"')
    await call({ name: 'reader.insert', params: { card: 'test-one' } })
    const text = await stream
    expect(text).toContain('content-type: text/event-stream')
    expect(text).toContain('x-content-type-options: nosniff')
    expect(text).toContain('data: {"topic":"host","host":{"state":"ready"}}\n\n')
    expect(text).toContain('"holds":"test-one"')
  })

  it('tells a host that was killed', async () => {
    const { body } = await call({ name: 'card.read', params: {} })
    const { value } = JSON.parse(body) as { value: { pid: number } }
    const stream = streamUntil('"state":"restarting"')
    await streamUntil('"state":"ready"')
    process.kill(value.pid, 'SIGKILL')
    expect(await stream).toContain('{"state":"restarting","attempt":1,"reason":"ended by SIGKILL"}')
    await streamUntil('"state":"ready"')
  })

  it('ends with the session it belongs to', async () => {
    await streamUntil('"state":"ready"')
    const cut = streamUntil('never comes').catch((error: Error) => error.message)
    await streamUntil('"state":"ready"')
    const opened = await open(tokenIn(door.newUrl()))
    cookie = /set-cookie: ([^;]+)/.exec(opened.headers)?.[1] ?? ''
    expect(await cut).toContain('closed before "never comes"')
  })
})
