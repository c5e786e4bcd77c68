/** The door of the reader functions as a program on this machine meets it: pairing, tokens, origins, bad input. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemMachine } from '../system-machine.ts'
import { CODE_TRIES, CODE_VALID_MS, Callers } from './callers.ts'
import type { Call, DriverApi } from './driver-api.ts'
import { openDriverDoor, type DriverDoor } from './driver-door.ts'
import { returned } from './functions.ts'

let folder: string
let now: number
let callers: Callers
let door: DriverDoor
let called: Call[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'door-'))
  now = 0
  called = []
  callers = opened()
  // What the functions do is held by driver-api.test.ts; here it matters what reaches them.
  const api = { call: (call: Call) => Promise.resolve((called.push(call), returned(-2))) } as unknown as DriverApi
  const listening = await openDriverDoor({ api, callers, today: () => '2026-03-15', told: () => {} }, 0)
  if (!listening.ok) throw new Error(listening.error.cause)
  door = listening.value
})
afterEach(async () => {
  await door.close()
  rmSync(folder, { recursive: true, force: true })
})

function opened(): Callers {
  const read = Callers.open(join(folder, 'driver-api.json'), { ...systemMachine(), now: () => now })
  if (!read.ok) throw new Error(read.error.message)
  return read.value
}

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Headers
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${door.address}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers }
}

async function paired(headers: Record<string, string> = {}): Promise<{ authorization: string }> {
  const { code } = callers.beginPairing()
  const { body } = await post('/pair', { name: '测试HIS', code }, headers)
  return { authorization: `Bearer ${String(body['token'])}` }
}

describe('a caller', () => {
  it('is paired by the code in the window, once, and calls with its token', async () => {
    const { code } = callers.beginPairing()
    const first = await post('/pair', { name: '测试HIS', code })
    expect(first.status).toBe(200)
    expect((await post('/pair', { name: 'other', code })).status).toBe(403)
    const answer = await post('/iReadCardBas', { iType: 1 }, { authorization: `Bearer ${String(first.body['token'])}` })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ return: -2, pOutInfo: '', zh: '无卡', en: 'there is no card' })
    expect(called[0]).toMatchObject({ caller: { name: '测试HIS' }, name: 'iReadCardBas', params: { iType: 1 } })
  })

  it('stays paired over a restart, and its token stands nowhere on disk', async () => {
    const { authorization } = await paired()
    const token = authorization.slice('Bearer '.length)
    expect(readFileSync(join(folder, 'driver-api.json'), 'utf8')).not.toContain(token)
    expect(opened().callerOf(token, undefined)?.name).toBe('测试HIS')
    callers.forget(callers.all[0]?.id ?? '')
    expect((await post('/iReadCardBas', { iType: 1 }, { authorization })).status).toBe(401)
  })

  it('has five tries and three minutes', async () => {
    const { code } = callers.beginPairing()
    const wrong = code === '000000' ? '000001' : '000000'
    for (let tries = 0; tries < CODE_TRIES; tries += 1) expect((await post('/pair', { name: 'x', code: wrong })).status).toBe(403)
    expect((await post('/pair', { name: 'x', code })).body['problem']).toBe('code: no pairing is open; begin one in the window of the terminal')
    const late = callers.beginPairing()
    now += CODE_VALID_MS
    expect((await post('/pair', { name: 'x', code: late.code })).status).toBe(403)
  })

  it('that is a page calls from its own origin only', async () => {
    const origin = 'https://his.example.invalid'
    const { authorization } = await paired({ origin })
    const answer = await post('/iReadCardBas', { iType: 1 }, { authorization, origin })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect((await post('/iReadCardBas', { iType: 1 }, { authorization, origin: 'https://other.example.invalid' })).status).toBe(403)
    expect((await post('/iReadCardBas', { iType: 1 }, { authorization })).status).toBe(401)
    const preflight = await fetch(`${door.address}/iDoDebit`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key')
  })
})

describe('what the door refuses', () => {
  it('another Host: no foreign name is pointed here', async () => {
    const { port } = new URL(door.address)
    const status = await new Promise<number | undefined>((resolve) => {
      httpRequest({ host: '127.0.0.1', port, path: '/iReadCardBas', method: 'POST', headers: { host: 'evil.example.invalid' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(status).toBe(403)
    expect(called).toEqual([])
  })

  it.each([
    ['no token', '/iReadCardBas', { iType: 1 }, {}, 401, 'Authorization: must be "Bearer"'],
    ['an unknown function', '/iFormatCard', { iType: 1 }, 'paired', 404, 'there is no function "iFormatCard"'],
    ['a type of card that is none', '/iReadCardBas', { iType: 9 }, 'paired', 400, 'iType: 9 is refused: must be 1 (contact), 2 (contactless), 3 or 4 (whichever is there)'],
    ['a pairing without a code', '/pair', { name: '测试HIS' }, {}, 400, 'code: missing: must be the code that stands in the window'],
    ['a parameter that is missing', '/iUnblockPIN', { iType: 1 }, 'paired', 400, 'pCardInfo: missing: must be the card identification code and the card number'],
    ['a parameter too many', '/iReadCardBas', { iType: 1, pPin: '246810' }, 'paired', 400, 'pPin: the value is refused: unknown field; allowed here: iType'],
    ['a debit without a key', '/iDoDebit', { iType: 1, pCardInfo: '|', pPayInfo: '' }, 'paired', 400, 'Idempotency-Key: must be given'],
    ['a body that is no JSON', '/iReadCardBas', '{"iType":', 'paired', 400, 'body: is not JSON'],
    ['a body that is too large', '/iReadCardBas', `"${'x'.repeat(70_000)}"`, 'paired', 413, 'body: at most 65536 bytes']
  ] as const)('%s', async (_, path, body, headers, status, problem) => {
    const answer = await post(path, body, headers === 'paired' ? await paired() : headers)
    expect(answer.status).toBe(status)
    expect(answer.body['return']).toBe(-14)
    expect(answer.body['problem']).toContain(problem)
    expect(called).toEqual([])
  })

  it('a port that is taken, by its cause', async () => {
    const { port } = new URL(door.address)
    const second = await openDriverDoor({ api: {} as DriverApi, callers, today: () => '2026-03-15', told: () => {} }, Number(port))
    expect(second).toEqual({ ok: false, error: { kind: 'port', port: Number(port), cause: 'EADDRINUSE' } })
  })
})
