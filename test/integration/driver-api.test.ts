/** Hospital software at a till: the real host, its door on a loopback port, and the host killed while the card signs. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import type { DriverView } from '../../electron/contract/driver-view.ts'
import type { TerminalEvent } from '../../electron/contract/events.ts'
import { temporaryFolder } from '../support/command-line.ts'
import { startHost, type HostTerminal } from '../support/host-terminal.ts'

const CARD = 'in-service-32k'
const PIN = '246810'

let folder: ReturnType<typeof temporaryFolder>
let host: HostTerminal
let door: string
let token: string

beforeEach(async () => {
  folder = temporaryFolder()
  await start()
  // Any free port: the next test's host may not have let go of this one's yet.
  const port = 20_000 + Math.floor((process.pid * 7 + Date.now()) % 20_000)
  door = address(await host.call('driver.turn', { on: true, port }))
  const paired = await host.call('driver.pair', {})
  invariant(paired.ok && paired.value.pairing !== null, 'a code stands in the window')
  const answer = await post('/pair', { name: '测试HIS', code: paired.value.pairing.code }, {})
  token = String(answer['token'])
}, 60_000)
afterEach(async () => {
  await host.stop()
  folder.remove()
})

async function start(killAt?: string): Promise<void> {
  host = await startHost({ data: folder.path('data'), insert: CARD, ...(killAt !== undefined && { killAt }) })
  await host.heard(ready, host.events)
}

const ready = (event: TerminalEvent): true | undefined => (event.topic === 'card' && event.panel.state === 'ready' ? true : undefined)

function address(answer: { readonly ok: boolean; readonly value?: DriverView }): string {
  invariant(answer.value?.address !== undefined && answer.value.address !== null, `the door is open: ${JSON.stringify(answer)}`)
  return answer.value.address
}

async function post(path: string, body: object, headers: Record<string, string>): Promise<Record<string, unknown>> {
  const answer = await fetch(`${door}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, unknown>
}

const call = (name: string, params: object, key?: string): Promise<Record<string, unknown>> =>
  post(`/${name}`, params, { authorization: `Bearer ${token}`, ...(key !== undefined && { 'idempotency-key': key }) })

/** The holder types in the window. */
async function verifyPin(): Promise<Record<string, unknown>> {
  const asked = host.heard((event) => (event.topic === 'driver' && event.driver.asked !== null ? event.driver.asked : undefined))
  const verified = call('iVerifyPIN', { iType: 1 })
  const { number, caller } = await asked
  expect(caller).toBe('测试HIS')
  expect(await host.call('driver.answer', { number, from: PIN, to: null })).toEqual({ ok: true, value: null })
  return verified
}

async function cardInfo(): Promise<string> {
  const { pOutInfo } = await call('iReadCardBas', { iType: 3 })
  const fields = String(pOutInfo).split('|')
  return `${fields[3]}|${fields[2]}|`
}

const debit = async (key: string): Promise<Record<string, unknown>> =>
  call('iDoDebit', { iType: 1, pCardInfo: await cardInfo(), pPayInfo: '0.00|28.50|100.00|20260315093015|' }, key)

const logged = async (): Promise<number> => String((await call('iReadDebitRecord', { iType: 1 }))['pOutInfo']).split('$').length - 1

describe('a caller', () => {
  it('reads, has the holder type the PIN, and signs a bill once', async () => {
    expect((await call('iReadCard', { iType: 1, iAuthType: 2, pCardInfo: await cardInfo(), pFileAddr: 'SSSEEF06|09|$' }))['pOutInfo']).toBe('SSSEEF06|测试一|$')
    expect(await verifyPin()).toMatchObject({ return: 0 })
    const before = await logged()
    const done = await debit('bill-1')
    expect(done).toMatchObject({ return: 0 })
    expect(await debit('bill-1')).toEqual(done)
    await verifyPin()
    expect(await logged()).toBe(before + 1)
  })

  it('finds no card when it was taken out', async () => {
    await host.call('reader.remove', {})
    expect(await call('iReadCardBas', { iType: 3 })).toMatchObject({ return: -2, zh: '无卡' })
  })

  it.each(['driver-debit-written', 'driver-debited'])('that lost its answer when the host died at %s gets it by the same key', async (killAt) => {
    await host.stop()
    await start(killAt)
    await host.heard((event) => (event.topic === 'driver' && event.driver.state === 'on' ? true : undefined), host.events)
    expect(await verifyPin()).toMatchObject({ return: 0 })
    const before = await logged()
    await expect(debit('bill-2')).rejects.toThrow('fetch failed')
    await host.exited
    await start()
    await host.heard((event) => (event.topic === 'driver' && event.driver.state === 'on' ? true : undefined), host.events)
    await verifyPin()
    const again = await debit('bill-2')
    expect(again).toMatchObject({ return: 0 })
    await verifyPin()
    expect(await logged()).toBe(before + 1)
  })

  it('is gone with the switch', async () => {
    await host.call('driver.turn', { on: false, port: Number(new URL(door).port) })
    await expect(call('iReadCardBas', { iType: 3 })).rejects.toThrow('fetch failed')
  })
})
