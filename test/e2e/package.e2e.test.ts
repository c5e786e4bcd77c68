/** The program as it is delivered: packaged here, looked into, and started as far as its window. */

import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BINDING_PATH } from '../../card/reader/pcsc/load-module.ts'
import { ROOT } from '../../electron/build/project.ts'
import type { HostMessage } from '../../electron/contract/terminal.ts'
import { openDisplay, type Display } from './support/display.ts'
import { electronPath, LAUNCHER_ARGS } from './support/electron-app.ts'
import { pageAddresses, remotePage, type RemotePage } from './support/remote-page.ts'
import { screenshotPath } from './support/screenshot.ts'

const APP = join(ROOT, 'release', 'linux-unpacked')
const BINARY = join(APP, 'caresettle')
const ARCHIVE = join(APP, 'resources', 'app.asar')
/** The first Electron whose utility process can load the host: it is a module, and its store asks for Node 22. */
const HOST_RUNS_FROM_MAJOR = 36
const STARTED_MS_MAX = 20_000
const CONTROL_AND_SHIFT = 2 + 8

const folder = mkdtempSync(join(tmpdir(), 'caresettle-package-'))
let display: Display
let files: readonly string[] = []

const tool = (name: string, ...args: string[]): string => {
  const run = spawnSync(join(ROOT, 'node_modules', '.bin', name), args, { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${run.status}: ${run.stderr}`)
  return run.stdout
}

beforeAll(async () => {
  electronPath()
  display = await openDisplay()
  const packed = spawnSync(process.execPath, [join(ROOT, 'electron', 'build', 'package.ts'), '--dir'], { cwd: ROOT, encoding: 'utf8' })
  if (packed.status !== 0) throw new Error(`npm run package:dir ended with ${packed.status}:\n${packed.stdout}${packed.stderr}`)
  files = tool('asar', 'list', ARCHIVE).trim().split('\n').map((path) => path.replaceAll('\\', '/'))
})
afterAll(() => {
  display?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('what is delivered', () => {
  const among = (pattern: RegExp): string[] => files.filter((path) => pattern.test(path))

  it('is bundles, the demo’s fixtures, the binding of the readers, and one package with its binary', () => {
    const known = /^\/(package\.json|dist(\/(main|preload|host|reader|renderer)(\/.*)?)?|fixtures(\/(catalogue|cards|keys|psam|queue|regions|till|tray|visits)(\/[\w.-]+\.json)?)?|node_modules(\/better-sqlite3(\/(LICENSE|package\.json|lib(\/.*)?|prebuilds(\/.*)?))?)?)$/
    expect(files.filter((path) => !known.test(path))).toEqual([])
  })

  it('has everything that it needs at run time', () => {
    for (const path of [
      '/package.json',
      '/dist/main/main.js',
      '/dist/preload/preload.js',
      '/dist/host/process.js',
      '/dist/reader/process.js',
      '/dist/host/migration/0001-ledger/up.sql',
      '/dist/renderer/index.html',
      '/fixtures/catalogue/demo.json',
      '/fixtures/cards/in-service-32k.json',
      '/fixtures/keys/test-issuer.json',
      '/fixtures/psam/terminal-v2.json',
      '/fixtures/regions/999999-test.json',
      '/fixtures/visits/outpatient-demo.json'
    ]) {
      expect(files).toContain(path)
    }
  })

  it('holds no source, test, map, note or worked claim', () => {
    expect(among(/\.(ts|tsx|map|md|cpp|c|gyp)$/)).toEqual([])
    expect(among(/test\/|\.test\.|e2e|fixtures\/claims/)).toEqual([])
  })

  it('has the binary of this system only, outside the archive, where it can be loaded', () => {
    const binding = '/dist/reader/binding/build/Release/pcsc.node'
    // Where it could not be built the program is delivered without, and says so.
    const readers = existsSync(BINDING_PATH) ? [binding] : []
    expect(among(/\.node$/).toSorted()).toEqual([...readers, `/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`])
    for (const path of readers) expect(existsSync(`${ARCHIVE}.unpacked${path}`)).toBe(true)
    expect(existsSync(join(`${ARCHIVE}.unpacked`, 'node_modules', 'better-sqlite3', 'prebuilds', `${process.platform}-${process.arch}.node`))).toBe(true)
  })

  it('brings no other program beside the archive', () => {
    expect(readdirSync(join(APP, 'resources')).toSorted()).toEqual(['app.asar', 'app.asar.unpacked'])
  })

  it('has its fuses set', () => {
    const fuses = tool('electron-fuses', 'read', '--app', BINARY)
    for (const line of [
      'RunAsNode is Disabled',
      'EnableCookieEncryption is Enabled',
      'EnableNodeOptionsEnvironmentVariable is Disabled',
      'EnableNodeCliInspectArguments is Disabled',
      'EnableEmbeddedAsarIntegrityValidation is Enabled',
      'OnlyLoadAppFromAsar is Enabled',
      'LoadBrowserProcessSpecificV8Snapshot is Disabled'
    ]) {
      expect(fuses).toContain(line)
    }
    expect(fuses).not.toContain('GrantFileProtocolExtraPrivileges is Enabled')
  })
})

describe('the delivered program', () => {
  let app: ChildProcess
  let port: string
  let page: RemotePage
  let output = ''

  beforeAll(async () => {
    app = spawn(BINARY, [...LAUNCHER_ARGS, '--remote-debugging-port=0', '--inspect=0', `--data=${join(folder, 'window')}`], {
      env: { ...process.env, DISPLAY: display.name, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--throw-deprecation' },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    for (const stream of [app.stdout, app.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    }
    port = await debuggerPort(() => output)
    page = await remotePage(port)
  })
  afterAll(() => {
    page?.close()
    app?.kill('SIGKILL')
  })

  it('opens its window on its own page, whatever the environment asks of Node', async () => {
    expect(page.url).toBe('caresettle://app/')
    await expect.poll(() => page.evaluate('document.title')).toBe('CareSettle')
    expect(output).not.toContain('Debugger listening')
  })

  it('runs its host, or says in plain words why it cannot', async () => {
    const state = await page.evaluate(`new Promise((ended) => {
      caresettle.listen((event) => {
        if (event.topic === 'host' && (event.host.state === 'ready' || event.host.state === 'failed')) ended(event.host)
      })
    })`)
    const major = Number(/Electron\/(\d+)/.exec(String(await page.evaluate('navigator.userAgent')))?.[1])
    if (major >= HOST_RUNS_FROM_MAJOR) {
      expect(state).toEqual({ state: 'ready' })
      return
    }
    expect(state).toMatchObject({ state: 'failed', reason: expect.stringMatching(/^ended with exit code \d+: \S/) })
    await expect.poll(() => page.evaluate('document.body.innerText')).toContain('ended with exit code')
    await page.screenshot(screenshotPath('packaged-host-failed'))
    const answer = await page.evaluate('caresettle.call("terminal.state", {})')
    expect(answer).toMatchObject({ ok: false, error: { kind: 'host-away', what: { zh: '终端程序无法启动，本次操作未执行，未扣款' } } })
  })

  it('has no developer tools', async () => {
    await page.press('F12', 123)
    await page.press('I', 73, CONTROL_AND_SHIFT)
    await new Promise((later) => setTimeout(later, 300))
    expect(await pageAddresses(port)).toEqual(['caresettle://app/'])
  })
})

describe('the delivered host', () => {
  it('answers under Node 24 with the delivered fixtures', async () => {
    const extracted = join(folder, 'extracted')
    tool('asar', 'extract', ARCHIVE, extracted)
    const host = fork(
      join(extracted, 'dist', 'host', 'process.js'),
      ['--data', join(folder, 'host'), '--fixtures', join(extracted, 'fixtures'), '--version', '0.1.0'],
      { execPath: process.execPath, execArgv: [], cwd: folder, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }
    )
    const answer = await new Promise<unknown>((answered, failed) => {
      host.on('message', (message: HostMessage) => {
        if (message.kind === 'answer') answered(message.answer)
        else if (message.event.topic === 'host' && message.event.host.state === 'ready') host.send({ id: 1, name: 'terminal.state', params: {} })
      })
      host.on('exit', (code) => failed(new Error(`the host ended with ${code}`)))
    })
    host.disconnect()
    expect(answer).toMatchObject({ ok: true, value: { till: { region: { code: '999999' }, version: '0.1.0' } } })
  })
})

async function debuggerPort(output: () => string): Promise<string> {
  const late = Date.now() + STARTED_MS_MAX
  for (;;) {
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(output())?.[1]
    if (port !== undefined) return port
    if (Date.now() > late) throw new Error(`the delivered program did not start:\n${output()}`)
    await new Promise((later) => setTimeout(later, 50))
  }
}
