import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'
import { CentreClient, errorKind, jsonAsk } from '../../../test/support/centre-client.ts'
import { testCentre, type TestCentre } from '../../../test/support/test-centre.ts'
import { RATES } from '../serve/limits.ts'
import { insertRows } from '../store/insert-rows.ts'
import { isTerminalKey, makeEnrolmentCode } from './enrol.ts'
import { codeHash, newEnrolmentCode, parseEnrolmentCode } from './enrolment-code.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const HOSPITAL = { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', kind: 'hospital', level: 2, region: '999999' }

describe.each(['sqlite', 'postgres'])('enrolment, on %s', (dialect) => {
  let centre: TestCentre
  beforeEach(async () => {
    const rates = { ...RATES, enrolment: { burst: 1_000, perSecond: 1_000 } }
    centre = await testCentre(dialect === 'postgres' ? await postgres.url() : undefined, { rates })
    await insertRows(centre.ports.database.db, 'institution', [HOSPITAL])
  })
  afterEach(() => centre.close())

  const newCode = async (): Promise<string> => {
    const made = await makeEnrolmentCode(centre.ports, 'H99999900001')
    if (!made.ok) throw new Error(made.error.kind)
    return made.value.code
  }
  const client = (): CentreClient => new CentreClient(centre.send, () => centre.time)

  test('a code and a key make a terminal, which then may ask', async () => {
    const terminal = client()
    const answer = await terminal.enrol(await newCode())
    expect(JSON.parse(answer.body)).toEqual({
      terminal: 'H99999900001-01',
      institution: { code: 'H99999900001', name: '测试第一医院' },
      region: '999999'
    })
    const standing = await terminal.get('/v1/standing')
    expect(JSON.parse(standing.body)).toEqual({
      terminal: 'H99999900001-01',
      batch: 0,
      batchHash: '0'.repeat(64),
      sequence: 0,
      chainHash: '0'.repeat(64)
    })
  })

  test("an institution's terminals are numbered one after the other, also when they enrol at once", async () => {
    const codes = [await newCode(), await newCode(), await newCode()]
    const answers = await Promise.all(codes.map((code) => client().enrol(code)))
    expect(answers.map(({ body }) => String(JSON.parse(body).terminal)).toSorted()).toEqual(['H99999900001-01', 'H99999900001-02', 'H99999900001-03'])
  })

  test('the same code with the same key is the same terminal: its first answer was lost', async () => {
    const terminal = client()
    const code = await newCode()
    const first = await terminal.enrol(code)
    expect((await terminal.enrol(code.toLowerCase().replaceAll('-', ' '))).body).toBe(first.body)
    expect(await centre.ports.database.db.selectFrom('terminal').select('terminal').execute()).toHaveLength(1)
  })

  test('the same code at the same moment from two machines makes one terminal', async () => {
    const code = await newCode()
    const answers = await Promise.all([client().enrol(code), client().enrol(code)])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
  })

  test('a code used by another key, a code of yesterday, a code of nobody are refused', async () => {
    const used = await newCode()
    await client().enrol(used)
    expect(errorKind(await client().enrol(used))).toBe('code-used')
    const old = await newCode()
    centre.time = '20261127101500'
    expect((await client().enrol(await newCode())).status).toBe(200)
    centre.time = '20261127101501'
    expect(errorKind(await client().enrol(old))).toBe('code-expired')
    expect(errorKind(await client().enrol('0000-0000-0000-0000'))).toBe('code-unknown')
    expect(errorKind(await client().enrol('hello'))).toBe('code-unknown')
  })

  test('a code of another institution than the counter says it is of is not used up', async () => {
    const code = await newCode()
    const refused = await client().enrol(code, { institution: 'P99999900001' })
    expect([refused.status, JSON.parse(refused.body)]).toEqual([
      409,
      { error: { kind: 'institution-differs', message: 'institution: the code is for H99999900001, and stays good', institution: 'H99999900001' } }
    ])
    expect((await client().enrol(code, { institution: 'H99999900001' })).status).toBe(200)
  })

  test('a key that has enrolled does not enrol again with another code, which stays good', async () => {
    const terminal = client()
    await terminal.enrol(await newCode())
    const code = await newCode()
    expect(errorKind(await terminal.enrol(code))).toBe('key-known')
    expect((await client().enrol(code)).status).toBe(200)
  })

  test('the hundredth terminal of an institution is refused', async () => {
    const rows = Array.from({ length: 99 }, (_, index) => ({
      terminal: `H99999900001-${String(index + 1).padStart(2, '0')}`,
      institution: 'H99999900001',
      name: 'x',
      public_key: `key ${index}`,
      enrolled_at: '20260101000000',
      terminal_numbers: '[]',
      batch: 0,
      batch_hash: '0',
      sequence: 0,
      chain_hash: '0'
    }))
    await insertRows(centre.ports.database.db, 'terminal', rows)
    expect(errorKind(await client().enrol(await newCode()))).toBe('institution-full')
  })

  test('the code itself is nowhere in the database and nowhere in the log', async () => {
    const code = await newCode()
    const letters = code.replaceAll('-', '')
    await client().enrol(code)
    const rows = await centre.ports.database.db.selectFrom('enrolment_code').selectAll().execute()
    expect(rows.map(({ code_hash, used_by }) => [code_hash, used_by])).toEqual([[codeHash(code), 'H99999900001-01']])
    const everything = JSON.stringify(rows) + centre.logged()
    expect(everything.includes(code) || everything.includes(letters)).toBe(false)
  })

  test.each([
    ['no key', { publicKey: '' }, 'publicKey'],
    ['a key of another kind', { publicKey: generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64') }, 'publicKey'],
    ['a name that turns the line round', { terminalName: 'a\u202eb' }, 'terminalName'],
    ['no security module', { terminalNumbers: [] }, 'terminalNumbers'],
    ['a security module of eleven digits', { terminalNumbers: ['99999900000'] }, 'terminalNumbers.0'],
    ['a number for a name', { terminalName: 7 }, 'terminalName'],
    ['a field that there is not', { admin: true }, '']
  ])('%s is refused, and the code stays good', async (_, changes, field) => {
    const code = await newCode()
    const answer = await client().enrol(code, changes)
    expect([answer.status, JSON.parse(answer.body).error.field]).toEqual([400, field])
    expect((await client().enrol(code)).status).toBe(200)
  })

  test('nobody guesses codes for long', async () => {
    const slow = await testCentre(undefined, {})
    const answers: number[] = []
    for (let attempt = 0; attempt < 21; attempt++) answers.push((await slow.send(jsonAsk('/v1/enrol', {}))).status)
    expect([answers.filter((status) => status === 400).length, answers.at(-1)]).toEqual([20, 429])
    await slow.close()
  })
})

test('a code for an institution that is not there is refused', async () => {
  const centre = await testCentre()
  expect(await makeEnrolmentCode(centre.ports, 'H1')).toEqual({ ok: false, error: { kind: 'institution-unknown', institution: 'H1' } })
  await centre.close()
})

test('a code is sixteen letters and digits of 32, from random bytes, and read as people write it', () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, index) => 255 - index * 8)
  expect(newEnrolmentCode({ bytes: () => bytes })).toBe('ZQF7-ZQF7-ZQF7-ZQF7')
  expect(parseEnrolmentCode(' zqf7 zqf7-ZQFI-oooO')).toBe('ZQF7ZQF7ZQF10000')
  expect([parseEnrolmentCode('ZQF7-ZQF7-ZQF7-ZQF'), parseEnrolmentCode('ZQF7-ZQF7-ZQF7-ZQFU')]).toEqual([undefined, undefined])
})

test('a terminal key is Ed25519, in its one encoding', () => {
  const key = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  expect([key, `${key} `, key.slice(0, -1), 'AAAA', Buffer.alloc(44).toString('base64')].map(isTerminalKey)).toEqual([true, false, false, false, false])
})
