/** Hospital software at the counter, and the window between it and the card: the real program, its real door, a holder who types. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { openApp, type OpenApp } from './support/electron-app.ts'
import { killHost } from './support/host-process.ts'

const PIN = '246810'

let open: OpenApp
let door: string
let token: string

beforeAll(async () => {
  open = await openApp()
  const port = 40_000 + (process.pid % 20_000)
  const opened = await open.page.evaluate(async (at) => {
    const terminal = window.caresettle
    await terminal?.call('reader.insert', { card: 'in-service-32k' })
    const turned = await terminal?.call('driver.turn', { on: true, port: at })
    const paired = await terminal?.call('driver.pair', {})
    return { address: turned?.ok === true ? turned.value.address : null, code: paired?.ok === true ? paired.value.pairing?.code : undefined }
  }, port)
  invariant(opened.address !== null, 'the door is open')
  door = opened.address
  token = String((await post('/pair', { name: '测试HIS', code: opened.code }))['token'])
  await open.page.getByText('测试一').first().waitFor()
})
afterAll(() => open?.close())

async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(`${door}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, unknown>
}

const verifyPin = (): Promise<Record<string, unknown>> => post('/iVerifyPIN', { iType: 1 }, { authorization: `Bearer ${token}` })

const isOnTop = (): Promise<boolean | undefined> => open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isAlwaysOnTop())
const dialog = () => open.page.getByRole('dialog', { name: '测试HIS 请求输入密码' })
const field = () => dialog().getByRole('textbox', { name: /密码/ })

describe('a program that asks for the PIN', () => {
  it('has the window before its own until the holder has typed it, and 0 for an answer', async () => {
    expect(await isOnTop()).toBe(false)
    const verified = verifyPin()
    await dialog().waitFor()
    await expect.poll(isOnTop).toBe(true)
    // Deaf at first, for what is being typed elsewhere.
    await expect.poll(() => field().getAttribute('aria-disabled')).toBe('false')
    await open.page.keyboard.type(PIN)
    await open.page.keyboard.press('Enter')
    expect(await verified).toMatchObject({ return: 0 })
    await dialog().waitFor({ state: 'detached' })
    await expect.poll(isOnTop).toBe(false)
  })

  it('hears that the holder did not want it, and has the counter again', async () => {
    const refused = verifyPin()
    await dialog().waitFor()
    await expect.poll(isOnTop).toBe(true)
    await open.page.keyboard.press('Escape')
    expect(Number((await refused)['return'])).toBeLessThan(0)
    await expect.poll(isOnTop).toBe(false)
  })

  it('has its host killed meanwhile: the window does not stay before everything for ever', async () => {
    const lost = verifyPin().catch(() => 'no answer')
    await dialog().waitFor()
    await expect.poll(isOnTop).toBe(true)
    killHost(open.data)
    await expect.poll(isOnTop).toBe(false)
    expect(await lost).toBe('no answer')
  })
})
