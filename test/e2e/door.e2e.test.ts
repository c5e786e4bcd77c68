/** The same page in a real Chromium, through the door. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDoorPage, type OpenDoorPage } from './support/browser-door.ts'

let open: OpenDoorPage

beforeAll(async () => {
  open = await openDoorPage()
})
afterAll(() => open?.close())

describe('the page behind the door', () => {
  it('has used up its address: nothing of the token is left in it', async () => {
    expect(new URL(open.page.url()).pathname).toBe('/')
    expect(open.page.url()).not.toContain('token')
  })

  it('shows the till of the same host', async () => {
    await expect.poll(() => open.page.evaluate(() => document.body.innerText)).toContain('测试第一医院')
  })

  it('keeps its session from every script', async () => {
    expect(await open.page.evaluate(() => document.cookie)).toBe('')
  })

  it('runs under the same policy: no eval, no inline script, nothing from outside', async () => {
    const ran = await open.page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.head.append(script)
      const evaluated = await new Promise<boolean>((later) => {
        setTimeout(() => {
          try {
            later(Boolean(Reflect.construct(Function, ['return true'])))
          } catch {
            later(false)
          }
        }, 20)
      })
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false
      )
      return { injected: 'injected' in window, evaluated, fetched }
    })
    expect(ran).toEqual({ injected: false, evaluated: false, fetched: false })
  })

  it('hears what happens at the reader', async () => {
    const heard = await open.page.evaluate(
      () =>
        new Promise<string>((told) => {
          const stream = new EventSource('/events')
          stream.addEventListener('message', ({ data }) => {
            if (String(data).includes('"topic":"host"')) {
              // The stream stands: from here on nothing is missed.
              void fetch('/call', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"reader.pace","params":{"pace":"card"}}' })
            }
            if (String(data).includes('"topic":"reader"')) {
              stream.close()
              told(String(data))
            }
          })
        })
    )
    expect(heard).toContain('"pace":"card"')
  })
})

describe('a stranger', () => {
  it('with the same address finds it used up, also in the same browser', async () => {
    const context = await open.browser.newContext()
    const page = await context.newPage()
    const again = await page.goto(open.url)
    expect(again?.status()).toBe(403)
    expect(await page.evaluate(() => document.body.innerText)).toContain('一次性地址不对或已使用过')
    const root = await page.goto(new URL('/', open.url).href)
    expect(root?.status()).toBe(403)
    await context.close()
  })

  it('as a page on another port of this machine can neither read, nor call, nor frame it', async () => {
    const { createServer } = await import('node:http')
    const evil = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<title>evil</title>')
    })
    await new Promise<void>((listening) => evil.listen(0, '127.0.0.1', listening))
    const bound = evil.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0
    // The same browser context: its cookies are at hand.
    const page = await open.page.context().newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    const door = new URL('/', open.url).origin
    const got = await page.evaluate(async (target) => {
      const body = '{"name":"reader.pace","params":{"pace":"slow"}}'
      const outcome = await Promise.allSettled([
        fetch(target, { credentials: 'include' }),
        fetch(`${target}/call`, { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body }),
        fetch(`${target}/call`, { method: 'POST', credentials: 'include', headers: { 'content-type': 'text/plain' }, body }),
        fetch(`${target}/call`, { method: 'POST', credentials: 'include', mode: 'no-cors', body })
      ])
      const frame = document.createElement('iframe')
      frame.src = target
      document.body.append(frame)
      await new Promise((loaded) => frame.addEventListener('load', loaded))
      return [...outcome.map(({ status }) => status), frame.contentDocument === null ? 'not readable' : frame.contentDocument.body.innerText]
    }, door)
    expect(got).toEqual(['rejected', 'rejected', 'rejected', 'rejected', 'not readable'])
    await page.close()
    const pace = await open.page.evaluate(async () => {
      const answer = await fetch('/call', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"terminal.state","params":{}}' })
      const { value }: { value: { reader: { pace: string } } } = await answer.json()
      return value.reader.pace
    })
    expect(pace).toBe('card')
    evil.close()
  })
})
