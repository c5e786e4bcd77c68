import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import forge from 'node-forge'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CentreClient, errorKind, sendTo, type Answer } from '../support/centre-client.ts'
import { caresettle, caresettleJson, fixture, temporaryFolder } from '../support/command-line.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { startCentre, type RunningCentre } from '../support/running-centre.ts'

const INSTITUTION = 'H99999900001'
/** One a region file. */
const POLICIES = readdirSync(fixture('regions')).length
const folder = temporaryFolder()
let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  folder.remove()
})

const newCode = (db: string): string => {
  const made = caresettleJson(['centre', 'enrol-code', '--db', db, '--institution', INSTITUTION])
  return String(Object.entries(Object(made)).find(([name]) => name === 'code')?.[1])
}

const outcome = (answer: Answer): readonly unknown[] => [answer.status, answer.status === 200 ? 'ok' : errorKind(answer)]

describe.each(['sqlite', 'postgres'])('a centre on %s, started by its command', (dialect) => {
  let db: string
  let centre: RunningCentre
  let terminal: CentreClient

  beforeAll(async () => {
    db = dialect === 'sqlite' ? `sqlite:${folder.path('centre.db')}` : await postgres.url()
    centre = await startCentre(['--db', db, '--demo'])
    terminal = new CentreClient(sendTo(centre.address))
  })
  afterAll(() => centre.kill())

  test('fills itself, shows a code once, and lets a terminal in with it', async () => {
    expect(centre.ready).toMatchObject({ added: { institutions: 4, people: 18, cards: 17, policies: POLICIES, catalogues: 1 }, enrolment: { institution: INSTITUTION } })
    const enrolment = Object.entries(Object(centre.ready['enrolment']))
    const code = String(enrolment.find(([name]) => name === 'code')?.[1])
    expect(outcome(await terminal.enrol(code))).toEqual([200, 'ok'])
    expect(terminal.terminal).toBe(`${INSTITUTION}-01`)
    expect(JSON.parse((await terminal.get('/v1/standing')).body)).toMatchObject({ terminal: `${INSTITUTION}-01`, batch: 0, sequence: 0 })
    const other = new CentreClient(sendTo(centre.address))
    expect(outcome(await other.enrol(code))).toEqual([409, 'code-used'])
    expect(centre.stderr()).not.toContain(code)
  })

  test('hands out policies, and says when they are known', async () => {
    const policies = await terminal.get('/v1/policies')
    expect(JSON.parse(policies.body).policies).toHaveLength(POLICIES)
    const again = await terminal.get('/v1/policies', { 'if-none-match': policies.headers['etag'] ?? '' })
    expect([again.status, again.body]).toEqual([304, ''])
    const cards: object[] = JSON.parse((await terminal.get('/v1/lost-cards')).body).cards
    expect(cards.map((card) => Object.keys(card).join(' ')).toSorted()).toEqual(['card_id activated', 'card_id lost since'])
    expect(JSON.parse((await terminal.get('/v1/catalogue')).body).catalogue.items.length).toBeGreaterThan(5)
  })

  test('answers nobody else', async () => {
    const stranger = new CentreClient(sendTo(centre.address))
    stranger.terminal = terminal.terminal
    expect(outcome(await stranger.get('/v1/standing'))).toEqual([401, 'signature-wrong'])
    stranger.terminal = 'H99999900009-01'
    expect(outcome(await stranger.get('/v1/standing'))).toEqual([401, 'terminal-unknown'])
    const { now } = terminal
    terminal.now = () => '20200101000000'
    expect(outcome(await terminal.get('/v1/standing'))).toEqual([401, 'clock-skew'])
    terminal.now = now
    expect(outcome(await terminal.get('/v1/standing'))).toEqual([200, 'ok'])
  })

  test('killed and started again it knows its terminal, and a code that was made meanwhile', async () => {
    const code = newCode(db)
    await centre.kill()
    centre = await startCentre(['--db', db])
    const back = new CentreClient(sendTo(centre.address))
    expect(outcome(await back.enrol(code))).toEqual([200, 'ok'])
    expect(back.terminal).toBe(`${INSTITUTION}-02`)
    // The first one's key is where it was; only the address is another.
    const answer = await fetch(`${centre.address}/v1/standing`, { headers: { authorization: terminal.authorization({ method: 'GET', path: '/v1/standing' }, new Uint8Array(0)) } })
    expect(answer.status).toBe(200)
  })

  test('a body that never ends is cut off', async () => {
    const { hostname, port } = new URL(centre.address)
    let status = ''
    // What was still on its way when the connection was cut may take the answer with it.
    for (let tries = 0; tries < 10 && status === ''; tries += 1) [status = ''] = await flood(hostname, Number(port))
    expect(status).toMatch(/^HTTP\/1\.1 413 /)
    expect((await fetch(`${centre.address}/v1/health`)).status).toBe(200)
  })

  test('told to stop, it ends well', async () => {
    expect(await centre.stop()).toBe(0)
    centre = await startCentre(['--db', db])
  })
})

/** Sends JSON for as long as somebody listens; gives what was answered. */
const flood = (host: string, port: number): Promise<string[]> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, host, () => {
      socket.write(`POST /v1/enrol HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`)
      const chunk = `10000\r\n${'['.repeat(0x1_0000)}\r\n`
      const more = (): void => {
        while (socket.writable && socket.write(chunk));
        socket.once('drain', more)
      }
      more()
    })
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
    socket.on('error', () => undefined).on('close', () => resolve(answer.split('\r\n')))
  })

describe('a database that fails under a running centre', () => {
  test('is named in its log, which has neither the code nor the key that was sent', async () => {
    const path = folder.path('broken.db')
    const centre = await startCentre(['--db', `sqlite:${path}`, '--demo'])
    const code = newCode(`sqlite:${path}`)
    const file = new Database(path)
    file.exec('PRAGMA foreign_keys = OFF; DROP TABLE terminal')
    file.close()
    const terminal = new CentreClient(sendTo(centre.address))
    expect(outcome(await terminal.enrol(code))).toEqual([500, 'centre-fault'])
    expect(centre.stderr()).toContain('"failure":"SQLITE_ERROR"')
    expect(centre.stderr()).not.toMatch(new RegExp(`${code}|${terminal.publicKey.slice(-20)}`))
    await centre.stop()
  })

  test('by ending every connection, also one that is asked something, is asked again over new ones', async () => {
    const db = await postgres.url()
    const centre = await startCentre(['--db', db, '--demo'])
    const code = newCode(db)
    const admin = new pg.Client(db)
    await admin.connect()
    await admin.query('BEGIN; SELECT FROM institution FOR UPDATE')
    const terminal = new CentreClient(sendTo(centre.address))
    const waiting = terminal.enrol(code)
    const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
    while ((await admin.query(`SELECT ${others} AND wait_event_type = 'Lock'`)).rowCount === 0);
    await admin.query(`SELECT pg_terminate_backend(pid) ${others}`)
    expect(outcome(await waiting)).toEqual([500, 'centre-fault'])
    await admin.end()
    expect(outcome(await terminal.enrol(code))).toEqual([200, 'ok'])
    expect(await centre.stop()).toBe(0)
  })
})

test('under TLS it answers over TLS only', async () => {
  const { key, cert } = certificate()
  const centre = await startCentre(['--db', `sqlite:${folder.path('tls.db')}`, '--tls-key', key.path, '--tls-cert', cert.path])
  expect(centre.address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(JSON.parse(await overTls(`${centre.address}/v1/health`, cert.pem))).toMatchObject({ name: 'caresettle-centre' })
  await expect(fetch(`${centre.address.replace('https', 'http')}/v1/health`)).rejects.toThrow('fetch failed')
  expect(await centre.stop()).toBe(0)
})

describe('what cannot be served is refused with its exit code', () => {
  const serve = (...args: string[]): readonly unknown[] => {
    const run = caresettle(['centre', 'serve', ...args, '--json'])
    return [run.exit, JSON.parse(run.stdout).error.kind]
  }

  test('an address that is none, another database, options that do not fit: 2', () => {
    const text = folder.path('text.db')
    writeFileSync(text, 'amount,cash\n'.repeat(50))
    expect(serve('--db', 'oracle:x')).toEqual([2, 'bad-url'])
    expect(serve()).toEqual([2, 'missing-option'])
    expect(serve('--db', `sqlite:${text}`)).toEqual([2, 'not-a-database'])
    expect(serve('--db', `sqlite:${folder.path('no/such/folder.db')}`)).toEqual([2, 'folder-missing'])
    expect(serve('--db', `sqlite:${folder.path('x.db')}`, '--port', '70000')).toEqual([2, 'bad-port'])
    expect(serve('--db', `sqlite:${folder.path('x.db')}`, '--tls-key', 'k.pem')).toEqual([2, 'tls-incomplete'])
    expect(serve('--db', `sqlite:${folder.path('x.db')}`, '--tls-key', text, '--tls-cert', text)).toEqual([2, 'tls'])
    expect(serve('--db', `sqlite:${folder.path('x.db')}`, '--log', 'loud')).toEqual([2, 'bad-log-level'])
  })

  test('a port that another program has, a server that is not there: 4', async () => {
    const centre = await startCentre(['--db', `sqlite:${folder.path('first.db')}`])
    const { port } = new URL(centre.address)
    expect(serve('--db', `sqlite:${folder.path('second.db')}`, '--port', port)).toEqual([4, 'port-taken'])
    expect(serve('--db', 'postgres://postgres:secret@127.0.0.1:9/centre')).toEqual([4, 'unreachable'])
    await centre.stop()
  })

  test('a code of a centre or an institution that is not there: 2, and nothing is begun', () => {
    const path = folder.path('never.db')
    expect(caresettle(['centre', 'enrol-code', '--db', `sqlite:${path}`, '--institution', INSTITUTION])).toMatchObject({
      exit: 2,
      stdout: '',
      stderr: `caresettle: centre: no such file: ${path}; "caresettle centre seed" begins one\n`
    })
    caresettleJson(['centre', 'seed', '--db', `sqlite:${path}`])
    expect(caresettle(['centre', 'enrol-code', '--db', `sqlite:${path}`, '--institution', 'H1'])).toMatchObject({
      exit: 2,
      stderr: 'caresettle: --institution: "H1" is not known to this centre\n'
    })
  })
})

interface Pem {
  readonly path: string
  readonly pem: string
}

/** Self-signed, for 127.0.0.1. */
function certificate(): { readonly key: Pem; readonly cert: Pem } {
  const keys = forge.pki.rsa.generateKeyPair(2048)
  const made = forge.pki.createCertificate()
  made.publicKey = keys.publicKey
  made.serialNumber = '01'
  made.validity.notBefore = new Date(Date.now() - 86_400_000)
  made.validity.notAfter = new Date(Date.now() + 86_400_000)
  const name = [{ name: 'commonName', value: 'caresettle test centre' }]
  made.setSubject(name)
  made.setIssuer(name)
  made.setExtensions([{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }])
  made.sign(keys.privateKey, forge.md.sha256.create())
  return { key: written('key.pem', forge.pki.privateKeyToPem(keys.privateKey)), cert: written('cert.pem', forge.pki.certificateToPem(made)) }
}

function written(name: string, pem: string): Pem {
  const path = folder.path(name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, pem)
  return { path, pem }
}

const overTls = (url: string, ca: string): Promise<string> =>
  new Promise((resolve, reject) => {
    httpsRequest(url, { ca }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => resolve(body))
    })
      .on('error', reject)
      .end()
  })
