/**
 * What a hostile page, file or neighbour could still try on the real window, beside what the shell's own tests try: frames that
 * reach for the bridge, pages that refresh away, things that are dropped, and a whole settlement under the policy.
 */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { electronPath, LAUNCHER_ARGS, openApp, type OpenApp } from './support/electron-app.ts'

let open: OpenApp

beforeAll(async () => {
  open = await openApp()
  await open.page.getByRole('listbox').waitFor()
})
afterAll(() => open?.close())
beforeEach(() => expect(open.page.url()).toBe('caresettle://app/'))

const OWN = 'caresettle://app/'
const windows = (): Promise<number> => open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

describe('a frame inside the page', () => {
  it.each([
    ['about:blank', {}],
    ['a document of its own', { srcdoc: '<p>mine' }],
    ['a blob of the own origin', { blob: '<script>parent.postMessage(String(typeof caresettle), "*")</script>' }],
    ['the page once more', { src: OWN }]
  ])('that is %s has no bridge, and no script of its own', async (_, attributes) => {
    const found = await open.page.evaluate(async (given) => {
      const said: unknown[] = []
      const hear = ({ data }: MessageEvent): number => said.push(data)
      addEventListener('message', hear)
      const frame = document.createElement('iframe')
      if ('srcdoc' in given) frame.srcdoc = `${given.srcdoc}<script>parent.postMessage(String(typeof caresettle), "*")</script>`
      if ('src' in given) frame.src = given.src
      if ('blob' in given) frame.src = URL.createObjectURL(new Blob([given.blob], { type: 'text/html' }))
      const loaded = new Promise((done) => frame.addEventListener('load', done))
      document.body.append(frame)
      await Promise.race([loaded, new Promise((late) => setTimeout(late, 500))])
      // Of the same origin or not: either there is no such thing in it, or it cannot be looked into.
      let bridge: unknown
      try {
        bridge = frame.contentWindow === null ? undefined : Reflect.get(frame.contentWindow, 'caresettle')
      } catch {
        bridge = undefined
      }
      frame.remove()
      removeEventListener('message', hear)
      return { bridge: typeof bridge, said }
    }, attributes as { srcdoc?: string; src?: string; blob?: string })
    expect(found).toEqual({ bridge: 'undefined', said: [] })
  })

  it('gets no answer on the channels of the bridge, though its frame is in the window', async () => {
    const refused = await open.app.evaluate(async ({ BrowserWindow, ipcMain }) => {
      const [window] = BrowserWindow.getAllWindows()
      await window?.webContents.executeJavaScript('document.body.append(document.createElement("iframe")); 0')
      const child = window?.webContents.mainFrame.frames[0]
      // As the bridge's own handler is called by Electron, with the frame as the sender.
      const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>> })._invokeHandlers
      const outcomes: string[] = []
      for (const [channel, handler] of handlers) {
        const event = { sender: window?.webContents, senderFrame: child }
        outcomes.push(`${channel}: ${await Promise.resolve().then(() => handler(event, 'terminal.state', {})).then(() => 'answered', () => 'refused')}`)
      }
      await window?.webContents.executeJavaScript('document.querySelector("iframe").remove(); 0')
      return outcomes
    })
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.filter((outcome) => !outcome.endsWith(': refused'))).toEqual([])
  })
})

describe('a page that wants to go elsewhere', () => {
  it.each(['https://evil.example/', 'file:///etc/passwd', 'data:text/html,mine', 'javascript:document.title="mine"'])('by a refresh to %s stays', async (url) => {
    await open.page.evaluate(async (target) => {
      const refresh = document.createElement('meta')
      refresh.httpEquiv = 'refresh'
      refresh.content = `0;url=${target}`
      document.head.append(refresh)
      // At once would have been by now.
      await new Promise((later) => setTimeout(later, 150))
      refresh.remove()
    }, url)
    expect(open.page.url()).toBe(OWN)
    expect(await open.page.evaluate(() => document.title)).toBe('CareSettle')
    expect(await windows()).toBe(1)
  })

  it('by a base address, a ping or an inherited window opens nothing', async () => {
    const opened = await open.page.evaluate(() => {
      const base = document.createElement('base')
      base.href = 'https://evil.example/'
      document.head.append(base)
      const link = document.createElement('a')
      link.setAttribute('href', 'index.html')
      link.setAttribute('ping', 'https://evil.example/')
      document.body.append(link)
      const address = link.href
      link.click()
      link.remove()
      base.remove()
      return { window: window.open('about:blank') === null, address }
    })
    expect(opened).toEqual({ window: true, address: `${OWN}index.html` })
    expect(open.page.url()).toBe(OWN)
    expect(await windows()).toBe(1)
  })
})

describe('what is dropped on the window', () => {
  it.each([
    ['a file', { files: [join(import.meta.dirname, '..', '..', 'fixtures', 'visits', 'outpatient-demo.json')], items: [] }],
    ['an address', { files: [], items: [{ mimeType: 'text/uri-list', data: 'https://evil.example/' }] }],
    ['a page', { files: [], items: [{ mimeType: 'text/html', data: '<script>document.title="mine"</script>' }] }]
  ])('%s leads nowhere', async (_, { files, items }) => {
    const session = await open.page.context().newCDPSession(open.page)
    const data = { items: items.map((item) => ({ ...item })), files: [...files], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
    await session.detach()
    await open.page.evaluate(() => new Promise((later) => setTimeout(later, 150)))
    expect(open.page.url()).toBe(OWN)
    expect(await open.page.evaluate(() => document.title)).toBe('CareSettle')
    expect(await windows()).toBe(1)
  })
})

describe('a page inside the page', () => {
  it('as a webview, an object or an embed is nothing', async () => {
    const contents = await open.page.evaluate(async () => {
      const names = ['webview', 'object', 'embed']
      for (const name of names) {
        const inside = document.createElement(name)
        inside.setAttribute(name === 'object' ? 'data' : 'src', 'data:text/html,mine')
        document.body.append(inside)
      }
      await new Promise((later) => setTimeout(later, 150))
      const frames = window.length
      for (const name of names) document.querySelector(name)?.remove()
      return frames
    })
    expect(contents).toBe(0)
    expect(await open.app.evaluate(({ webContents }) => webContents.getAllWebContents().filter((one) => one.getType() === 'webview').length)).toBe(0)
  })
})

describe('a second start on the same data', () => {
  it('brings the window forward and ends', async () => {
    await open.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      Object.assign(globalThis, { focused: 0 })
      const focus = window?.focus.bind(window)
      if (window !== undefined && focus !== undefined) {
        window.focus = () => {
          ;(globalThis as unknown as { focused: number }).focused += 1
          focus()
        }
      }
    })
    const second = spawn(electronPath(), [...LAUNCHER_ARGS, join(import.meta.dirname, '..', '..'), `--data=${open.data}`], {
      env: { ...process.env, DISPLAY: open.display },
      stdio: 'ignore'
    })
    expect(await new Promise((done) => second.on('exit', done))).toBe(0)
    await expect.poll(() => open.app.evaluate(() => (globalThis as unknown as { focused: number }).focused)).toBe(1)
  })
})
