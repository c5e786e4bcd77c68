/** Batches that nobody honest sends: each is told why, costs bounded memory, and changes nothing that the centre keeps. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { generateKeyPairSync, hash, sign, type KeyObject } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BATCH_BYTES_MAX, signingText } from '../../settlement/batch/batch.ts'
import { intakeWith } from '../../settlement/centre/intake/routes.ts'
import { noStep } from '../../settlement/centre/intake/steps.ts'
import { centreApp } from '../../settlement/centre/serve/centre-app.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { openCentre } from '../../settlement/centre/store/open-centre.ts'
import { contentsOf, NOW, seedCentre, terminalName, till } from '../support/centre-of-tests.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { standInAuthority, testCard, type TestTill } from '../support/test-till.ts'

const MORNING = '20260315090000'
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

let folder: string
let postgres: TestPostgres
let files = 0

beforeAll(async () => {
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'centre-hostile-'))
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true })
})

describe.each([
  ['SQLite', async () => `sqlite:${join(folder, `centre-${(files += 1)}.db`)}`],
  ['PostgreSQL', () => postgres.url()]
])('on %s', (_engine, url) => {
  let database: CentreDatabase
  let app: FastifyInstance
  let one: TestTill
  let key: KeyObject
  let before: unknown

  /** One centre for all of them: what was refused has changed nothing, so the next one finds it as it was. */
  beforeAll(async () => {
    const opened = await openCentre(await url())
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    database = opened.value
    await seedCentre(database, { terminals: [1, 2].map(terminalName), cards: [testCard(1), testCard(2)] })
    const pair = generateKeyPairSync('ed25519')
    key = pair.privateKey
    await enrol(1, pair.publicKey)
    await enrol(2, generateKeyPairSync('ed25519').publicKey)
    const ports = { database, authority: standInAuthority, clock: () => NOW, entropy: { bytes: (length: number) => new Uint8Array(length) }, log: SILENT }
    app = centreApp(ports, { areas: [intakeWith(noStep)], version: '1' })
    // Something is booked already, so that there is something to change.
    const begun = till(1)
    begun.settle({ card: testCard(1), time: MORNING })
    expect((await post({ body: begun.batch(NOW.time) })).status).toBe(200)
    before = await contentsOf(database)
  })
  afterAll(async () => {
    await app.close()
    await database.close()
  })

  /** The same till each time, with a second batch to send. */
  beforeEach(() => {
    one = till(1)
    one.settle({ card: testCard(1), time: MORNING })
    one.batch(NOW.time)
    one.settle({ card: testCard(2), time: MORNING })
  })

  async function enrol(number: number, publicKey: KeyObject): Promise<void> {
    const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    await database.db.updateTable('terminal').set({ public_key: spki }).where('terminal', '=', terminalName(number)).execute()
  }

  interface Sent {
    readonly body: Uint8Array
    readonly path?: string
    readonly terminal?: string
    readonly time?: string
    readonly signer?: KeyObject
    /** What is signed, when it is not what is sent. */
    readonly signed?: Uint8Array
    /** What goes over the wire, and how it is said to be encoded. */
    readonly wire?: Uint8Array
    readonly headers?: Readonly<Record<string, string>>
  }

  async function post({ body, path = '/v1/batches', terminal = terminalName(1), time = NOW.time, signer = key, signed = body, wire = body, headers = {} }: Sent) {
    const text = signingText({ method: 'POST', path, terminal, time, digest: hash('sha256', signed, 'hex') })
    const signature = sign(null, Buffer.from(text), signer).toString('base64')
    const answer = await app.inject({
      method: 'POST',
      url: path,
      headers: {
        'content-type': 'application/x-ndjson',
        authorization: `CareSettle terminal="${terminal}", time="${time}", signature="${signature}"`,
        ...headers
      },
      payload: Buffer.from(wire)
    })
    const json: unknown = answer.body === '' ? undefined : JSON.parse(answer.body)
    return { status: answer.statusCode, json, kind: kindOf(json) }
  }

  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
  const bytes = (from: string): Uint8Array => new TextEncoder().encode(from)
  const changed = (from: string | RegExp, to: string): Uint8Array => {
    const batch = text(one.batch(NOW.time))
    const result = batch.replace(from, to)
    expect(result).not.toBe(batch)
    return bytes(result)
  }

  it.each<[string, () => Sent, number, string]>([
    ['another key', () => ({ body: one.batch(NOW.time), signer: generateKeyPairSync('ed25519').privateKey }), 401, 'signature-wrong'],
    ['a signature over another batch', () => ({ body: one.batch(NOW.time), signed: bytes('other') }), 401, 'signature-wrong'],
    [
      'a signature over the same bytes at another address',
      () => {
        const body = one.batch(NOW.time)
        const elsewhere = signingText({ method: 'POST', path: '/v1/loads', terminal: terminalName(1), time: NOW.time, digest: hash('sha256', body, 'hex') })
        const authorization = `CareSettle terminal="${terminalName(1)}", time="${NOW.time}", signature="${sign(null, Buffer.from(elsewhere), key).toString('base64')}"`
        return { body, headers: { authorization } }
      },
      401,
      'signature-wrong'
    ],
    ['no signature', () => ({ body: one.batch(NOW.time), headers: { authorization: 'CareSettle' } }), 401, 'authorization-malformed'],
    ['an unknown terminal', () => ({ body: one.batch(NOW.time), terminal: terminalName(7) }), 401, 'terminal-unknown'],
    ['a terminal that signs as another', () => ({ body: one.batch(NOW.time), terminal: terminalName(2) }), 401, 'signature-wrong'],
    ['a batch of another terminal under the own signature', () => ({ body: changed(terminalName(1), terminalName(2)) }), 422, 'terminal-differs'],
    ['a clock that is an hour behind', () => ({ body: one.batch(NOW.time), time: '20260315110000' }), 401, 'clock-skew'],
    ['a clock that is an hour ahead', () => ({ body: one.batch(NOW.time), time: '20260315130000' }), 401, 'clock-skew'],
    ['a replay with other content', () => ({ body: changed('"number":2', '"number":1') }), 409, 'batch-conflict'],
    ['a batch too early', () => ({ body: changed('"number":2', '"number":3') }), 409, 'batch-out-of-order'],
    [
      'facts out of order',
      () => {
        const [head, first, second] = text(one.batch(NOW.time)).trimEnd().split('\n')
        return { body: bytes(`${[head, second, first].join('\n')}\n`) }
      },
      400,
      'batch-malformed'
    ],
    [
      'a fact twice',
      () => {
        const [head = '', first, second] = text(one.batch(NOW.time)).trimEnd().split('\n')
        return { body: bytes(`${[head.replace('"count":2', '"count":3'), first, second, second].join('\n')}\n`) }
      },
      400,
      'batch-malformed'
    ],
    [
      'a batch cut short',
      () => {
        const body = one.batch(NOW.time)
        return { body: body.subarray(0, body.length - 100) }
      },
      400,
      'batch-malformed'
    ],
    [
      'half a batch under the whole one\'s signature',
      () => {
        const body = one.batch(NOW.time)
        return { body: body.subarray(0, body.length - 100), signed: body }
      },
      401,
      'signature-wrong'
    ],
    ['a newer version', () => ({ body: changed('"version":1', '"version":3') }), 422, 'batch-version-unknown'],
    ['an amount changed on the way, and signed', () => ({ body: changed('"hifp_pay":"203.00"', '"hifp_pay":"903.00"') }), 409, 'chain-broken'],
    ['a claim changed by one space', () => ({ body: changed('"claim":{', '"claim":{ ') }), 409, 'chain-broken'],
    ['a negative amount', () => ({ body: changed('"total":"720.00"', '"total":"-720.00"') }), 400, 'batch-malformed'],
    ['an amount as a number', () => ({ body: changed('"total":"720.00"', '"total":720') }), 400, 'batch-malformed'],
    ['a text instead of an object', () => ({ body: changed(/"intent":\{[^}]*\}/, '"intent":"x"') }), 400, 'batch-malformed'],
    ['a field too many', () => ({ body: changed('"kind":"posting"', '"kind":"posting","bonus":1') }), 400, 'batch-malformed'],
    ['a prototype', () => ({ body: changed('"kind":"posting"', '"__proto__":{"kind":"posting"}') }), 400, 'json-malformed'],
    ['deep JSON', () => ({ body: changed('"claim":{', `"claim":${'['.repeat(1_000_000)}{`) }), 400, 'json-malformed'],
    ['deep JSON in one field', () => ({ body: changed('"claim":{', `"claim":{"a":${'{"b":'.repeat(40)}1${'}'.repeat(40)},`) }), 400, 'json-malformed'],
    ['no batch at all', () => ({ body: bytes('hello\n') }), 400, 'batch-malformed'],
    ['no body', () => ({ body: bytes('') }), 400, 'batch-malformed'],
    ['no text', () => ({ body: Uint8Array.of(0xff, 0xfe, 0x0a) }), 400, 'json-malformed'],
    ['half a character', () => ({ body: changed('"visitNo":"V', '"visitNo":"\\ud800V') }), 400, 'batch-malformed'],
    ['a character that no database takes', () => ({ body: changed('"visitNo":"V', '"visitNo":"\\u0000V') }), 400, 'json-malformed'],
    ['JSON where NDJSON belongs', () => ({ body: bytes('{}'), headers: { 'content-type': 'application/json' } }), 415, 'content-type-unknown'],
    ['a compression that is none of ours', () => ({ body: one.batch(NOW.time), headers: { 'content-encoding': 'gzip' } }), 415, 'encoding-unknown'],
    ['damaged zstd', () => ({ body: one.batch(NOW.time), headers: { 'content-encoding': 'zstd' } }), 400, 'body-damaged'],
    ['a batch that is too large', () => ({ body: new Uint8Array(BATCH_BYTES_MAX + 1).fill(0x20) }), 413, 'body-too-large']
  ])('%s is refused, and nothing has changed', async (_name, sent, status, kind) => {
    const answer = await post(sent())
    expect([answer.status, answer.kind]).toEqual([status, kind])
    expect(await contentsOf(database)).toEqual(before)
  })

  it('batches that swell without end, together, within bounded memory', async () => {
    const bomb = new Uint8Array(BATCH_BYTES_MAX * 16)
    const wire = zstdCompressSync(bomb)
    const digest = new Uint8Array(0)
    const start = process.memoryUsage().rss
    const answers = await Promise.all(Array.from({ length: 40 }, () => post({ body: digest, wire, headers: { 'content-encoding': 'zstd' } })))
    expect(answers.filter(({ status }) => status !== 413 && status !== 429)).toEqual([])
    expect(process.memoryUsage().rss - start).toBeLessThan(500 * 1024 * 1024)
    expect(await contentsOf(database)).toEqual(before)
  })

  it('a retry of what is not a number, of what was not sent, of what is booked', async () => {
    const ask = (json: string) => post({ body: bytes(json), path: '/v1/facts/retry', headers: { 'content-type': 'application/json' } })
    expect(await ask('{"sequence":"2"}')).toMatchObject({ status: 400, kind: 'request-malformed' })
    expect(await ask('{"sequence":99}')).toMatchObject({ status: 404, kind: 'fact-unknown' })
    expect(await ask('{"sequence":2}')).toMatchObject({ status: 200, json: { sequence: 2, verdict: { kind: 'exists', verdict: { kind: 'accepted' } } } })
    expect(await contentsOf(database)).toEqual(before)
  })

  it('a good batch passes, compressed too', async () => {
    const body = one.batch(NOW.time)
    expect(await post({ body, wire: zstdCompressSync(body), headers: { 'content-encoding': 'zstd' } })).toMatchObject({
      status: 200,
      json: { number: 2, verdicts: [{ sequence: 3, verdict: { kind: 'noted' } }, { sequence: 4, verdict: { kind: 'accepted' } }] }
    })
    expect(await contentsOf(database)).not.toEqual(before)
  })

  it('a flood of one terminal', async () => {
    const body = bytes('hello\n')
    const now = await contentsOf(database)
    const statuses = new Set<number>()
    for (let number = 0; number < 1_000; number += 1) statuses.add((await post({ body })).status)
    expect(statuses).toEqual(new Set([400, 429]))
    expect(await contentsOf(database)).toEqual(now)
  })
})

const kindOf = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && 'error' in json && typeof json.error === 'object' && json.error !== null && 'kind' in json.error
    ? json.error.kind
    : undefined
