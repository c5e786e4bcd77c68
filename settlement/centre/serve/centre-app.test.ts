import { zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CentreClient, errorKind, jsonAsk, type Answer } from '../../../test/support/centre-client.ts'
import { enrolledAt, testCentre, type TestCentre } from '../../../test/support/test-centre.ts'
import { BATCH_BYTES_MAX } from '../../batch/batch.ts'
import { registerCards } from '../record/cards.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { Register } from './centre-app.ts'
import { callerOf } from './caller.ts'
import { JSON_BYTES_MAX, RATES } from './limits.ts'

const HOSPITAL = { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', kind: 'hospital', level: 2, region: '999999' }

/** What an area would see of a request. */
const looking: Register = (app) => {
  app.post('/v1/look', (request) => ({ terminal: callerOf(request).terminal.terminal, raw: request.received.length, isBytes: request.body instanceof Uint8Array }))
  app.get('/v1/fail', () => {
    throw new Error('no row of 测试一 000000199001010018')
  })
}

let centre: TestCentre
let terminal: CentreClient

const waiters: (() => void)[] = []
/** Holds a request until the test lets it go. */
const waiting: Register = (app) => {
  app.post('/v1/wait', { config: { access: 'open' } }, () => new Promise((resolve) => waiters.push(() => resolve({}))))
}

beforeEach(async () => {
  centre = await testCentre(undefined, { areas: [looking] })
  await insertRows(centre.ports.database.db, 'institution', [HOSPITAL])
  terminal = await enrolled()
})
afterEach(() => centre.close())

const enrolled = (): Promise<CentreClient> => enrolledAt(centre, HOSPITAL.fixmedins_code)

const outcome = (answer: Answer): readonly unknown[] => [answer.status, errorKind(answer)]

describe('a batch that a terminal has lost', () => {
  const HASH = '7'.repeat(64)
  const HEAD = {
    version: 2,
    terminal: 'H99999900001-01',
    number: 1,
    previous: '0'.repeat(64),
    first: 1,
    count: 1,
    madeAt: '20261126101500',
    chain: ['0'.repeat(64), '8'.repeat(64)]
  }
  const kept = (number: number, bytes: Buffer) => ({ terminal: HEAD.terminal, number, hash: HASH, first: number, count: 1, received_at: HEAD.madeAt, answer: '{}', signature: 's', time: HEAD.madeAt, body: bytes })

  test.each([
    ['under zstd', zstdCompressSync],
    ['plain', (bytes: Buffer) => bytes]
  ] as const)('is told by its head and its hash, kept %s', async (_, stored) => {
    await insertRows(centre.ports.database.db, 'batch', [kept(1, stored(Buffer.from(`${JSON.stringify(HEAD)}\n....`)))])
    expect(JSON.parse((await terminal.get('/v1/batches/1')).body)).toEqual({ hash: HASH, head: HEAD })
  })

  test('is handed out as it came, with the signature that came with it', async () => {
    const body = zstdCompressSync(Buffer.from(`${JSON.stringify(HEAD)}\n....`))
    await insertRows(centre.ports.database.db, 'batch', [kept(1, body)])
    const copy = JSON.parse((await terminal.get('/v1/batches/1/copy')).body)
    expect(copy).toEqual({ hash: HASH, signature: 's', time: HEAD.madeAt, body: body.toString('base64') })
  })

  test('is told to nobody else, and there is none that was not taken', async () => {
    await insertRows(centre.ports.database.db, 'batch', [kept(1, Buffer.from(`${JSON.stringify(HEAD)}\n`))])
    const other = await enrolled()
    expect(other.terminal).toBe('H99999900001-02')
    expect(outcome(await other.get('/v1/batches/1'))).toEqual([404, 'batch-unknown'])
    expect(outcome(await other.get('/v1/batches/1/copy'))).toEqual([404, 'batch-unknown'])
    expect(outcome(await terminal.get('/v1/batches/2'))).toEqual([404, 'batch-unknown'])
  })

  test.each(['0', '-1', '1.0', '1e1', '01', 'x', '%00', '9999999999'])('number %s is none', async (number) => {
    for (const path of [`/v1/batches/${number}`, `/v1/batches/${number}/copy`]) {
      const answer = await terminal.get(path)
      expect(outcome(answer)).toEqual([400, 'request-malformed'])
      expect(answer.body).toContain('must be the number of a batch, from 1')
    }
  })
})

describe('who asks', () => {
  test('anybody may ask whether the centre is there, and hears its name and time', async () => {
    const health = await centre.send({ method: 'GET', path: '/v1/health' })
    expect(JSON.parse(health.body)).toEqual({ name: 'caresettle-centre', version: '0.0.0', time: '20261126101500' })
  })

  test('without a signature nothing else is told', async () => {
    for (const path of ['/v1/standing', '/v1/batches/1', '/v1/batches/1/copy', '/v1/policies', '/v1/catalogue', '/v1/lost-cards', '/v1/entitlements', '/v1/entitlements?certno=1']) {
      expect(outcome(await centre.send({ method: 'GET', path }))).toEqual([401, 'authorization-malformed'])
    }
  })

  test('a terminal that is not enrolled, a signature of another key, a body that was changed on its way', async () => {
    const stranger = new CentreClient(centre.send, () => centre.time)
    expect(outcome(await stranger.get('/v1/standing'))).toEqual([401, 'signature-wrong'])
    stranger.terminal = 'H99999900001-77'
    expect(outcome(await stranger.get('/v1/standing'))).toEqual([401, 'terminal-unknown'])
    expect(outcome(await terminal.ask(jsonAsk('/v1/look', { amount: '1.00' }), Buffer.from('{"amount":"9.00"}')))).toEqual([401, 'signature-wrong'])
  })

  test('half an hour of difference is let pass, more is told with the time of the centre', async () => {
    terminal.now = () => '20261126094500'
    expect((await terminal.get('/v1/standing')).status).toBe(200)
    terminal.now = () => '20261126094459'
    const late = await terminal.get('/v1/standing')
    expect(late.status).toBe(401)
    expect(JSON.parse(late.body)).toEqual({
      error: { kind: 'clock-skew', message: "time: more than 30 minutes away from the centre's 20261126101500", centreTime: '20261126101500' }
    })
  })

  test('an address that leads nowhere is told to everybody, and no address lets a terminal by', async () => {
    expect(outcome(await centre.send({ method: 'GET', path: '/v1/nothing' }))).toEqual([404, 'not-found'])
    expect(outcome(await centre.send({ method: 'GET', path: '/v1/%zz' }))).toEqual([400, 'address-malformed'])
    expect(outcome(await centre.send({ method: 'GET', path: '/V1/standing' }))).toEqual([404, 'not-found'])
  })
})

describe('what is sent', () => {
  const ndjson = (body: Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
    ({ method: 'POST', path: '/v1/look', headers: { 'content-type': 'application/x-ndjson', ...headers }, body }) as const
  const ZSTD = { 'content-encoding': 'zstd' }

  test('a batch under zstd is signed and handed on as it was before', async () => {
    const lines = Buffer.from('{"version":1}\n'.repeat(1_000))
    const answer = await terminal.ask(ndjson(zstdCompressSync(lines), ZSTD), lines)
    expect(JSON.parse(answer.body)).toEqual({ terminal: 'H99999900001-01', raw: 14_000, isBytes: true })
    expect(JSON.parse((await terminal.ask(ndjson(lines))).body)).toEqual({ terminal: 'H99999900001-01', raw: 14_000, isBytes: true })
  })

  test('exactly the largest batch is taken, one byte more is not', async () => {
    const largest = Buffer.alloc(BATCH_BYTES_MAX, ' ')
    expect((await terminal.ask(ndjson(zstdCompressSync(largest), ZSTD), largest)).status).toBe(200)
    const larger = Buffer.alloc(BATCH_BYTES_MAX + 1, ' ')
    expect(outcome(await terminal.ask(ndjson(zstdCompressSync(larger), ZSTD), larger))).toEqual([413, 'body-too-large'])
  })

  test('a bomb of a gigabyte is refused, and costs no gigabyte', async () => {
    const bomb = zstdCompressSync(Buffer.alloc(256 * 1024 * 1024))
    const bombs = Buffer.concat([bomb, bomb, bomb, bomb])
    const before = process.memoryUsage().rss
    expect(outcome(await terminal.ask(ndjson(bombs, ZSTD)))).toEqual([413, 'body-too-large'])
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test.each([
    ['damaged zstd', ndjson(Buffer.from('(zstd'), ZSTD), 400, 'body-damaged'],
    ['half a zstd frame', ndjson(zstdCompressSync(Buffer.from('{}'.repeat(900))).subarray(0, 12), ZSTD), 400, 'body-damaged'],
    ['gzip', ndjson(Buffer.from('{}'), { 'content-encoding': 'gzip' }), 415, 'encoding-unknown'],
    ['JSON under zstd', { ...jsonAsk('/v1/look', {}), headers: { 'content-type': 'application/json', ...ZSTD } }, 415, 'encoding-unknown'],
    ['bytes that are no UTF-8', ndjson(Uint8Array.of(0x22, 0xff, 0x22)), 400, 'json-malformed'],
    ['a character that no database keeps', ndjson(Buffer.from(String.raw`{"a":"\u0000"}`)), 400, 'json-malformed'],
    ["JSON's back door", ndjson(Buffer.from('{"__proto__":{}}')), 400, 'json-malformed'],
    ['seventeen lists within each other', ndjson(Buffer.from('['.repeat(17))), 400, 'json-malformed'],
    ['what is not JSON', { ...jsonAsk('/v1/look', {}), body: Buffer.from('{"a":') }, 400, 'json-malformed'],
    ['nothing', { ...jsonAsk('/v1/look', {}), body: Buffer.alloc(0) }, 400, 'json-malformed'],
    ['XML', { ...jsonAsk('/v1/look', {}), headers: { 'content-type': 'text/xml' } }, 415, 'content-type-unknown'],
    ['a megabyte of JSON', jsonAsk('/v1/look', 'x'.repeat(JSON_BYTES_MAX)), 413, 'body-too-large']
  ])('%s is refused', async (_, ask, status, kind) => {
    expect(outcome(await terminal.ask(ask))).toEqual([status, kind])
  })

  test('sixteen lists within each other are not too many', async () => {
    expect((await terminal.ask(ndjson(Buffer.from('['.repeat(16) + ']'.repeat(16))))).status).toBe(200)
  })
})

describe('how much', () => {
  test('a terminal that asks without end is told when to come again, and only what it signed counts', async () => {
    const forger = new CentreClient(centre.send, () => centre.time)
    for (let count = 0; count < RATES.terminal.burst; count++) await forger.get('/v1/standing')
    const statuses: number[] = []
    for (let count = 0; count < RATES.terminal.burst + 1; count++) statuses.push((await terminal.get('/v1/standing')).status)
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([RATES.terminal.burst, 429])
    const flooded = await terminal.get('/v1/standing')
    expect([flooded.headers['retry-after'], errorKind(flooded)]).toEqual(['1', 'too-many-requests'])
    centre.time = '20261126101501'
    expect((await terminal.get('/v1/standing')).status).toBe(200)
  })

  test('an address that asks without end is told so before anything is looked at', async () => {
    const statuses: number[] = []
    for (let count = 0; count < RATES.address.burst; count++) statuses.push((await centre.send({ method: 'GET', path: '/v1/health' })).status)
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 429])
    expect((await centre.send(jsonAsk('/v1/enrol', {}))).status).toBe(429)
  })
})

describe('how much at once', () => {
  test('a request that has not arrived in half a minute is cut off, whether its head or its body is late', () => {
    expect([centre.app.server.requestTimeout, centre.app.server.headersTimeout]).toEqual([30_000, 30_000])
  })

  test('bodies are held up to a bound of all of them together, and what is answered makes room', async () => {
    const slow = await testCentre(undefined, { areas: [waiting] })
    const ask = { method: 'POST', path: '/v1/wait', headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'zstd' }, body: zstdCompressSync(Buffer.from('{}')) } as const
    for (let round = 0; round < 2; round++) {
      const held = Array.from({ length: 31 }, () => slow.send(ask))
      while (waiters.length < 31) await new Promise((resolve) => setImmediate(resolve))
      expect(outcome(await slow.send(ask))).toEqual([429, 'too-many-requests'])
      expect((await slow.send({ method: 'GET', path: '/v1/health' })).status).toBe(200)
      for (const release of waiters.splice(0)) release()
      expect((await Promise.all(held)).map(({ status }) => status)).toEqual(held.map(() => 200))
    }
    await slow.close()
  })
})

describe('what is told of a failure inside', () => {
  test('is that it failed; the log has where, and nobody has what was in it', async () => {
    const answer = await terminal.get('/v1/fail')
    expect([answer.status, JSON.parse(answer.body)]).toEqual([500, { error: { kind: 'centre-fault', message: 'the centre failed; ask again, what was done already is not done twice' } }])
    expect(centre.logged()).toContain('centre-app.test.ts')
    expect(centre.logged()).not.toMatch(/测试一|000000199001010018/)
  })

  test('no line of the log names a person or a signature', async () => {
    await terminal.get('/v1/entitlements?certno=000000199001010018')
    expect(centre.logged()).toContain('/v1/entitlements')
    expect(centre.logged()).not.toMatch(/000000199001010018|signature=/)
  })
})

describe('downloads', () => {
  test('come with a strong tag, and not again as long as nothing has changed', async () => {
    const { db } = centre.ports.database
    await insertRows(db, 'policy', [{ region: '999999', version: '1', document: '{"region":"999999","amount":"1.10"}' }])
    const first = await terminal.get('/v1/policies')
    const tag = first.headers['etag'] ?? ''
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/)
    expect(first.body).toBe(`{"version":${tag},"policies":[{"region":"999999","amount":"1.10"}]}`)
    const again = await terminal.get('/v1/policies', { 'if-none-match': tag })
    expect([again.status, again.body, again.headers['etag']]).toEqual([304, '', tag])
    await insertRows(db, 'policy', [{ region: '999999', version: '2', document: '{"region":"999999","amount":"1.20"}' }])
    const second = await terminal.get('/v1/policies', { 'if-none-match': tag })
    expect([second.status, JSON.parse(second.body).policies.length, second.headers['etag'] === tag]).toEqual([200, 2, false])
  })

  test('of the catalogue: the newest; of a centre without one: that there is none', async () => {
    expect(outcome(await terminal.get('/v1/catalogue'))).toEqual([404, 'not-published'])
    await insertRows(centre.ports.database.db, 'catalogue', [{ version: '1', document: '{"items":[1]}' }, { version: '2', document: '{"items":[2]}' }])
    expect(JSON.parse((await terminal.get('/v1/catalogue')).body).catalogue).toEqual({ items: [2] })
  })

  test('of cards that are lost: which, how and since when; of those that are not activated: which; and of no other card', async () => {
    await insertRows(centre.ports.database.db, 'person', [PERSON])
    await registerCards(centre.ports.database.db, [card('A', null), card('B', 'formal'), card('C', 'temporary'), { ...card('D', null), activated: 0 as const }, { ...card('E', 'formal'), activated: 0 as const }])
    expect(JSON.parse((await terminal.get('/v1/lost-cards')).body).cards).toEqual([
      { card_id: 'B'.repeat(32), lost: 'formal', since: '20261101080000' },
      { card_id: 'C'.repeat(32), lost: 'temporary', since: '20261101080000' },
      { card_id: 'D'.repeat(32), activated: false },
      { card_id: 'E'.repeat(32), lost: 'formal', since: '20261101080000', activated: false }
    ])
  })

  test('of people: who is asked for by number, with account, entitlement and what the year has used', async () => {
    const { db } = centre.ports.database
    await insertRows(db, 'person', [PERSON])
    await insertRows(db, 'insurance', [{ ...INSURANCE, psn_no: 'P1', balc: 276_000 }])
    await insertRows(db, 'entitlement', [{ ...ENTITLEMENT, psn_no: 'P1' }])
    await insertRows(db, 'identity_row', [{ psn_no: 'P1', psn_idet_type: '1501', psn_type_lv: '1', begntime: '20260101000000', endtime: null }])
    await insertRows(db, 'accumulator', [
      { psn_no: 'P1', insutype: '310', year: 2026, counters: '{"hifp_pay":7005,"act_pay_dedc":40000}' }
    ])
    expect(JSON.parse((await terminal.get('/v1/entitlements')).body).people).toEqual([])
    const { sequence, people } = JSON.parse((await terminal.get('/v1/entitlements?certno=unknown&certno=000000199001010018')).body)
    expect(sequence).toBe(0)
    expect(people).toEqual([
      {
        psn_no: 'P1',
        certno: '000000199001010018',
        insurances: [{ ...INSURANCE, balc: '2760.00' }],
        entitlements: [ENTITLEMENT],
        identities: [{ psn_idet_type: '1501', psn_type_lv: '1', begntime: '20260101000000', endtime: null }],
        accumulators: [{ insutype: '310', year: 2026, counters: { act_pay_dedc: '400.00', hifp_pay: '70.05' } }]
      }
    ])
    await db.updateTable('terminal').set({ sequence: 17 }).execute()
    expect(JSON.parse((await terminal.get('/v1/entitlements?certno=unknown')).body)).toMatchObject({ sequence: 17, people: [] })
    const many = Array.from({ length: 201 }, (_value, index) => `certno=${index}`).join('&')
    expect(outcome(await terminal.get(`/v1/entitlements?${many}`))).toEqual([400, 'too-many-people'])
  })
})

const PERSON = { psn_no: 'P1', certno: '000000199001010018', psn_cert_type: '01', psn_name: '测试一', gend: '1', naty: '01', brdy: '1990-01-01' }
const INSURANCE = {
  insutype: '310',
  insuplc_admdvs: '999999',
  psn_type: '11',
  psn_insu_stas: '1',
  psn_insu_date: '2015-01-01',
  paus_insu_date: null,
  cvlserv_flag: '0',
  emp_name: '测试用人单位'
}
const ENTITLEMENT = {
  insutype: '310',
  fund_pay_type: '310102',
  med_type: null,
  begndate: '2015-01-01',
  enddate: null,
  trt_enjymnt_flag: '1',
  trt_chk_rslt: ''
} as const

const card = (digit: string, lost: 'temporary' | 'formal' | null) =>
  ({
    card_id: digit.repeat(32),
    psn_no: 'P1',
    region: '999999',
    card_factor: '8660999900000001',
    algorithm: 'DES',
    purse: 'SSC-LB002',
    issued_balance: 0,
    issued_serial: 0,
    activated: 1,
    lost,
    lost_since: lost === null ? null : '20261101080000',
    balance: 0,
    load_serial: 0
  }) as const
