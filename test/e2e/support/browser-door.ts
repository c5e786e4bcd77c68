/** The same program behind its door, looked at by a real Chromium. */

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { ROOT } from '../../../electron/build/project.ts'
import { built } from './built.ts'
import { dataFolder } from './data-folder.ts'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']
const READY_MS_MAX = 30_000

export interface OpenDoor {
  /** The one-time address, used up where a page was opened with it. */
  readonly url: string
  readonly data: string
  /** Everything that `npm start` printed so far. */
  readonly output: () => string
  close(): Promise<void>
}

export interface OpenDoorPage extends OpenDoor {
  readonly browser: Browser
  readonly page: Page
}

export interface DoorOptions {
  readonly data?: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export function chromiumPath(): string {
  const named = process.env['CHROMIUM_PATH']
  const path = named === undefined || named === '' ? CANDIDATES.find((candidate) => existsSync(candidate)) : named
  if (path === undefined || !existsSync(path)) {
    throw new Error('no Chromium: these tests need one. Install it (apt-get install chromium) or name it in CHROMIUM_PATH')
  }
  return path
}

export async function openChromium(): Promise<Browser> {
  // What a root without a screen needs stands in this launcher and nowhere in the program.
  return chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
}

/** `npm start -- --door`, as far as its address. */
export async function startDoor({ data, args = [], environment = {} }: DoorOptions = {}): Promise<OpenDoor> {
  await built()
  const folder = data === undefined ? dataFolder('memory') : { path: data, remove: () => {} }
  const program = spawn(
    process.execPath,
    [join(ROOT, 'electron', 'start', 'start.js'), '--door', '--no-open', `--data=${folder.path}`, ...args],
    { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] }
  )
  let output = ''
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const url = await addressOf(program, () => output)
  return {
    url,
    data: folder.path,
    output: () => output,
    async close() {
      await ended(program)
      folder.remove()
    }
  }
}

export async function openDoorPage(options: DoorOptions = {}): Promise<OpenDoorPage> {
  const door = await startDoor(options)
  const browser = await openChromium()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(door.url)
  return {
    ...door,
    browser,
    page,
    async close() {
      await browser.close()
      await door.close()
    }
  }
}

async function addressOf(program: ChildProcess, output: () => string): Promise<string> {
  const late = Date.now() + READY_MS_MAX
  for (;;) {
    const address = /^open (http:\S+)$/m.exec(output())?.[1]
    if (address !== undefined) return address
    if (program.exitCode !== null || Date.now() > late) throw new Error(`the door did not open:\n${output()}`)
    await new Promise((later) => setTimeout(later, 20))
  }
}

function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return Promise.resolve()
  return new Promise((done) => {
    program.once('exit', () => done())
    program.kill('SIGTERM')
  })
}
