/** A window in real Electron, started as a user starts it and looked at through Chromium's own port. Peers are started alike. */

import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { electronPath, LAUNCHER_ARGS } from '../../e2e/support/electron-app.ts'
import { remotePage, type RemotePage } from '../../e2e/support/remote-page.ts'

export interface RunningWindow {
  readonly page: RemotePage
  /** Milliseconds of the wall clock, as a page's timeOrigin. */
  readonly spawnedAt: number
  /** Bytes that all its processes hold in memory, shared pages counted in each; `of` picks by command line. */
  memory(of?: (commandLine: string) => boolean): number
  stop(): Promise<void>
}

const PORT = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//

export async function runWindow(app: string, args: readonly string[], display: string): Promise<RunningWindow> {
  const spawnedAt = Date.now()
  const child = spawn(electronPath(), [...LAUNCHER_ARGS, '--remote-debugging-port=0', app, ...args], {
    env: { ...process.env, DISPLAY: display },
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const port = await portOf(child)
  const page = await remotePage(port)
  return {
    page,
    spawnedAt,
    memory: (of = () => true) => familyOf(child.pid ?? 0).filter(({ commandLine }) => of(commandLine)).reduce((sum, { bytes }) => sum + bytes, 0),
    stop: async () => {
      page.close()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    }
  }
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const port = PORT.exec(said)?.[1]
      if (port !== undefined) resolve(port)
    })
    child.once('exit', () => reject(new Error(`the window ended before it listened: ${said.slice(-500)}`)))
  })
}

interface Member {
  readonly commandLine: string
  readonly bytes: number
}

/** The process and everything it started, from /proc. */
function familyOf(pid: number): Member[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = Number.parseInt(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? '0', 10)
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter((child) => child !== '')
    return [{ commandLine, bytes: kilobytes * 1024 }, ...children.flatMap((child) => familyOf(Number.parseInt(child, 10)))]
  } catch {
    return []
  }
}

/** Waits for an expression of the page to be something; a page that has just begun has nothing to be asked yet. */
export async function until<Value>(page: RemotePage, expression: string): Promise<Value> {
  let last: unknown
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const value = (await page.evaluate(expression).catch((cause: unknown) => {
      last = cause
    })) as Value | null | undefined | false
    if (value !== null && value !== undefined && value !== false) return value
    await new Promise((later) => setTimeout(later, 20))
  }
  throw new Error(`never came true in the page: ${expression}`, { cause: last })
}
