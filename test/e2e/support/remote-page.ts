/**
 * A page looked at through Chromium's own debugging port: all that is left where a program's fuses forbid everything that
 * Playwright needs to launch it.
 */

import { writeFileSync } from 'node:fs'

export interface RemotePage {
  readonly url: string
  /** The value of an expression in the page; promises are waited for. */
  evaluate(expression: string): Promise<unknown>
  press(key: string, code: number, modifiers?: number): Promise<void>
  /** A key that writes its character. */
  write(character: string): Promise<void>
  screenshot(path: string): Promise<void>
  close(): void
}

interface Target {
  readonly type: string
  readonly url: string
  readonly webSocketDebuggerUrl: string
}

interface Reply {
  readonly id: number
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly data?: string; readonly exceptionDetails?: unknown }
  readonly error?: { readonly message: string }
}

/** Addresses of all pages behind that port, developer tools too. */
export async function pageAddresses(port: string): Promise<string[]> {
  return (await targets(port)).map(({ url }) => url)
}

const targets = async (port: string): Promise<Target[]> => {
  const list = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[]
  return list.filter(({ type }) => type === 'page')
}

export async function remotePage(port: string): Promise<RemotePage> {
  let [target] = await targets(port)
  while (target === undefined) {
    await new Promise((later) => setTimeout(later, 50))
    ;[target] = await targets(port)
  }
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await new Promise((opened) => socket.addEventListener('open', opened))
  const waiting = new Map<number, (reply: Reply) => void>()
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  let lastId = 0
  const ask = async (method: string, params: object): Promise<NonNullable<Reply['result']>> => {
    lastId += 1
    const id = lastId
    const reply = await new Promise<Reply>((replied) => {
      waiting.set(id, replied)
      socket.send(JSON.stringify({ id, method, params }))
    })
    if (reply.result === undefined || reply.result.exceptionDetails !== undefined) throw new Error(`${method}: ${JSON.stringify(reply)}`)
    return reply.result
  }
  return {
    url: target.url,
    evaluate: async (expression) => (await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result?.value,
    async press(key, code, modifiers = 0) {
      for (const type of ['rawKeyDown', 'keyUp']) await ask('Input.dispatchKeyEvent', { type, key, windowsVirtualKeyCode: code, modifiers })
    },
    async write(character) {
      const windowsVirtualKeyCode = character.toUpperCase().charCodeAt(0)
      await ask('Input.dispatchKeyEvent', { type: 'keyDown', key: character, text: character, windowsVirtualKeyCode })
      await ask('Input.dispatchKeyEvent', { type: 'keyUp', key: character, windowsVirtualKeyCode })
    },
    async screenshot(path) {
      const { data = '' } = await ask('Page.captureScreenshot', { format: 'png' })
      writeFileSync(path, Buffer.from(data, 'base64'))
    },
    close: () => socket.close()
  }
}
