/** The shell in real Electron: what its window may do, and what no page in it ever may. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TerminalEvent } from '../../electron/contract/events.ts'
import { electronPath, LAUNCHER_ARGS, openApp, type OpenApp } from './support/electron-app.ts'

const FAKE_HOST = join(import.meta.dirname, '..', 'support', 'fake-host.ts')

let open: OpenApp

beforeAll(async () => {
  open = await openApp({ host: FAKE_HOST })
})
afterAll(() => open?.close())

/** Runs in the page, as the page's own code or a script that got into it would. */
const inPage = <Value>(script: () => Value | Promise<Value>): Promise<Value> => open.page.evaluate(script)

const windows = (): Promise<number> => open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

describe('the window', () => {
  it('shows its own page from its own origin', async () => {
    expect(open.page.url()).toBe('caresettle://app/')
    expect(await inPage(() => location.origin)).toBe('caresettle://app')
  })

  it('is sandboxed as it was written', async () => {
    const preferences = await open.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      // Electron tells what is in force to tests only, and does not type it.
      const contents = window?.webContents as unknown as { getLastWebPreferences?(): Record<string, unknown> } | undefined
      return contents?.getLastWebPreferences?.() ?? {}
    })
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false })
    expect(preferences['allowRunningInsecureContent'] ?? false).toBe(false)
  })

  it('gives the page exactly one object with three functions, and nothing of Node or Electron', async () => {
    const seen = await inPage(() => ({
      bridge: Object.entries(window.caresettle ?? {}).map(([name, value]) => `${name}: ${typeof value}`).toSorted(),
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter((name) => name in window)
    }))
    expect(seen).toEqual({ bridge: ['call: function', 'listen: function', 'print: function'], globals: [] })
  })

  it('cannot have its bridge replaced by a script that got in', async () => {
    const replaced = await inPage(() => {
      try {
        Object.defineProperty(window, 'caresettle', { value: { call: () => 'mine' } })
        return 'replaced'
      } catch {
        return 'kept'
      }
    })
    expect(replaced).toBe('kept')
  })

  it('can be made twice as large by its keys, and normal again', async () => {
    const factor = (): Promise<number | undefined> => open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor())
    // As the keyboard sends it: what comes through the debugger passes the shell by.
    const press = (keyCode: string): Promise<void> =>
      open.app.evaluate(({ BrowserWindow }, key) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        for (const type of ['keyDown', 'keyUp'] as const) contents?.sendInputEvent({ type, keyCode: key, modifiers: ['control'] })
      }, keyCode)
    for (let times = 0; times < 8; times += 1) await press('=')
    await expect.poll(factor).toBeGreaterThan(2)
    await press('0')
    await expect.poll(factor).toBe(1)
  })

  it('is kept in one program a data folder: a second start only brings it forward', async () => {
    const second = await openSecond(open.data)
    expect(second).toBe(0)
    expect(await windows()).toBe(1)
  })
})

describe('the policy in force', () => {
  it('runs no inline script, no eval and no string as a timer', async () => {
    const ran = await inPage(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = "inline"'
      document.head.append(script)
      const button = document.createElement('div')
      button.setAttribute('onclick', 'window.injected = "attribute"')
      document.body.append(button)
      button.click()
      button.remove()
      // Later, and so not under the debugger that runs this test: it may do what no page may.
      const evaluated = await new Promise<boolean>((later) => {
        setTimeout(() => {
          try {
            later(Boolean(Reflect.construct(Function, ['return true'])))
          } catch {
            later(false)
          }
        }, 50)
      })
      return { injected: 'injected' in window, evaluated }
    })
    expect(ran).toEqual({ injected: false, evaluated: false })
  })

  it('applies a style with the nonce of this load, and none without', async () => {
    const colours = await inPage(() => {
      const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
      return [nonce, ''].map((given, index) => {
        const style = document.createElement('style')
        if (given !== '') style.nonce = given
        style.textContent = `.nonce-${index} { color: rgb(1, 2, 3) }`
        document.head.append(style)
        const probe = document.createElement('p')
        probe.className = `nonce-${index}`
        document.body.append(probe)
        const { color } = getComputedStyle(probe)
        probe.remove()
        style.remove()
        return color === 'rgb(1, 2, 3)'
      })
    })
    expect(colours).toEqual([true, false])
  })

  it('fetches nothing from outside', async () => {
    const fetched = await inPage(async () => {
      const outcome = await Promise.allSettled([
        fetch('https://evil.example/'),
        fetch('http://127.0.0.1:9/'),
        fetch('file:///etc/passwd'),
        fetch('caresettle://app.evil/'),
        fetch('/package.json').then((response) => (response.ok ? 'read' : Promise.reject(new Error(String(response.status))))),
        fetch('/../../package.json').then((response) => (response.ok ? 'read' : Promise.reject(new Error(String(response.status)))))
      ])
      return outcome.map(({ status }) => status)
    })
    expect(fetched).toEqual(Array.from({ length: 6 }, () => 'rejected'))
  })
})

describe('a hostile link', () => {
  it.each([
    'https://evil.example/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'data:text/html,<h1>mine',
    'caresettle://app.evil/',
    'caresettle://evil/',
    'mailto:cashier@evil.example',
    'chrome://settings/'
  ])('to %s leads nowhere: clicked, opened or assigned', async (url) => {
    await open.page.evaluate(async (target) => {
      for (const frame of ['_self', '_blank', '_top']) {
        const link = document.createElement('a')
        link.href = target
        link.target = frame
        document.body.append(link)
        link.click()
        link.remove()
      }
      window.open(target)
      try {
        location.href = target
      } catch {
        // Some addresses are refused by the browser itself.
      }
      await new Promise((later) => setTimeout(later, 100))
    }, url)
    expect(open.page.url()).toBe('caresettle://app/')
    expect(await windows()).toBe(1)
    expect(await inPage(() => document.title)).toBe('CareSettle')
  })

  it('that is a script does not run', async () => {
    await inPage(async () => {
      const link = document.createElement('a')
      link.setAttribute('href', 'javascript:window.injected="link"')
      document.body.append(link)
      link.click()
      link.remove()
      await new Promise((later) => setTimeout(later, 50))
    })
    expect(await inPage(() => 'injected' in window)).toBe(false)
  })

  it('in a form or a frame leads nowhere either', async () => {
    const frames = await inPage(async () => {
      const form = document.createElement('form')
      form.action = 'https://evil.example/'
      form.method = 'post'
      document.body.append(form)
      form.submit()
      form.remove()
      for (const address of ['caresettle://app/', 'data:text/html,<p>', 'https://evil.example/']) {
        const frame = document.createElement('iframe')
        frame.src = address
        document.body.append(frame)
      }
      await new Promise((later) => setTimeout(later, 200))
      const reached = [...document.querySelectorAll('iframe')].map((frame) => {
        try {
          return frame.contentWindow !== null && 'caresettle' in frame.contentWindow
        } catch {
          return false
        }
      })
      for (const frame of document.querySelectorAll('iframe')) frame.remove()
      return reached
    })
    expect(frames).toEqual([false, false, false])
    expect(open.page.url()).toBe('caresettle://app/')
  })
})

describe('what is asked of a person', () => {
  it('is nothing: camera, place, clipboard and notices are refused without a question', async () => {
    const granted = await inPage(async () => {
      const outcome = await Promise.allSettled([
        navigator.mediaDevices.getUserMedia({ video: true }),
        navigator.clipboard.readText(),
        Notification.requestPermission().then((answer) => (answer === 'granted' ? answer : Promise.reject(new Error(answer)))),
        new Promise((found, refused) => {
          navigator.geolocation.getCurrentPosition(found, refused)
        })
      ])
      return outcome.map(({ status }) => status)
    })
    expect(granted).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
  })
})

describe('a call', () => {
  it('gets the answer of the host', async () => {
    const answer = await inPage(() => window.caresettle?.call('terminal.state', {}))
    expect(answer).toMatchObject({ ok: true, value: { till: { institution: { name: '测试第一医院' } } } })
  })

  it('with wrong params is told the field and the rule', async () => {
    const answer = await inPage(() => window.caresettle?.call('settle', { presence: 1, revision: 1.5, cash: '1.00' }))
    expect(answer).toMatchObject({ ok: false, error: { kind: 'wrong-params', what: { en: 'params of settle: revision: Invalid input: expected int, received number' } } })
  })

  it('by a name that is not in the contract is refused', async () => {
    const answer = await open.page.evaluate('caresettle.call("ledger.erase", {})')
    expect(answer).toMatchObject({ ok: false, error: { kind: 'unknown-request' } })
  })

  it('from another page with the same preload is refused', async () => {
    const preload = join(import.meta.dirname, '..', '..', 'dist', 'preload', 'preload.js')
    const answer = await open.app.evaluate(async ({ BrowserWindow }, file) => {
      const foreign = new BrowserWindow({ show: false, webPreferences: { preload: file, sandbox: true, contextIsolation: true } })
      await foreign.loadURL('data:text/html,<title>foreign')
      const said: unknown = await foreign.webContents.executeJavaScript('caresettle.call("terminal.state", {})')
      foreign.destroy()
      return said
    }, preload)
    expect(answer).toMatchObject({ ok: false, error: { kind: 'host-away' } })
  })

  it('leaves no PIN in anything that the program writes', async () => {
    await inPage(() => window.caresettle?.call('card.verify-pin', { presence: 1, pin: '739182', lastTry: false }))
    await inPage(() => window.caresettle?.call('card.verify-pin', { presence: 1, pin: '739182739182739182', lastTry: false }))
    expect(open.output()).not.toContain('739182')
  })
})

describe('printing', () => {
  const mediaBox = (path: string): string => /\/MediaBox\s*\[([^\]]+)\]/.exec(readFileSync(path, 'latin1'))?.[1]?.trim() ?? ''

  it('writes a PDF of the size of the paper under a safe name, and never over another', async () => {
    const saved = await inPage(async () => {
      const print = window.caresettle?.print
      const names: unknown[] = []
      for (const format of ['a5', 'a5', '80mm'] as const) names.push(await print?.({ format, to: 'pdf', name: '../S2026/一1' }))
      return names
    })
    const folder = join(open.data, 'statements')
    expect(saved).toEqual(['S2026-1.pdf', 'S2026-1-2.pdf', 'S2026-1-3.pdf'].map((name) => ({ ok: true, value: { saved: join(folder, name) } })))
    expect(readdirSync(folder).toSorted()).toEqual(['S2026-1-2.pdf', 'S2026-1-3.pdf', 'S2026-1.pdf'])
    // A5 is 148 by 210 mm, which is 419.5 by 595.3 points; a roll is 226.8 points wide.
    expect(mediaBox(join(folder, 'S2026-1.pdf'))).toMatch(/^0 0 (419|420)[.\d]* 59[45][.\d]*$/)
    expect(mediaBox(join(folder, 'S2026-1-3.pdf'))).toMatch(/^0 0 22[67][.\d]* /)
  })

  it('of something else than a statement is refused', async () => {
    const answer = await open.page.evaluate('caresettle.print({ format: "a0", to: "pdf", name: "x" })')
    expect(answer).toMatchObject({ ok: false, error: { kind: 'wrong-params' } })
  })
})

describe('when a part dies', () => {
  it('a killed host is told and comes back, and the window lives on', async () => {
    await inPage(() => {
      const events: TerminalEvent[] = []
      Object.assign(window, { heard: events })
      window.caresettle?.listen((event) => events.push(event))
    })
    const heard = (): Promise<TerminalEvent[]> => inPage(() => (window as unknown as { heard: TerminalEvent[] }).heard)
    const states = async (): Promise<string[]> => (await heard()).flatMap((event) => (event.topic === 'host' ? [event.host.state] : []))
    await expect.poll(states).toEqual(['ready'])
    process.kill(await hostPid(), 'SIGKILL')
    await expect.poll(states, { timeout: 10_000 }).toEqual(['ready', 'restarting', 'ready'])
    expect(await inPage(() => window.caresettle?.call('terminal.state', {}))).toMatchObject({ ok: true })
  })

  it('a crashed page is loaded again, and the host is the same', async () => {
    const before = await hostPid()
    const answered = await open.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      await new Promise<void>((loaded) => {
        contents?.once('did-finish-load', () => loaded())
        contents?.forcefullyCrashRenderer()
      })
      return contents?.executeJavaScript('caresettle.call("terminal.state", {}).then(({ ok }) => ok)')
    })
    expect(answered).toBe(true)
    expect(await hostPid()).toBe(before)
  })
})

/** The exit code of a second program on the same data. */
async function openSecond(data: string): Promise<number | null> {
  const { spawn } = await import('node:child_process')
  const second = spawn(electronPath(), [...LAUNCHER_ARGS, join(import.meta.dirname, '..', '..'), `--data=${data}`], {
    env: { ...process.env, DISPLAY: open.display },
    stdio: 'ignore'
  })
  return new Promise((done) => {
    second.on('exit', done)
  })
}

/** The host is the child of the main process that runs the pinned Node. */
async function hostPid(): Promise<number> {
  const main = open.app.process().pid
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      if (new RegExp(`^PPid:\\s+${main}$`, 'm').test(status) && command.includes('fake-host.ts')) return Number(pid)
    } catch {
      // It ended while it was looked at.
    }
  }
  throw new Error('no host is running')
}
