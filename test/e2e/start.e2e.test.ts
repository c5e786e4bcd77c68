/** npm start, as a newcomer meets it: with a screen, without one, and where Electron will not run. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../electron/build/project.ts'
import { built } from './support/built.ts'
import { dataFolder, type DataFolder } from './support/data-folder.ts'
import { openDisplay, type Display } from './support/display.ts'
import { electronPath, LAUNCHER_ARGS } from './support/electron-app.ts'
import { pageAddresses } from './support/remote-page.ts'

const START = join(ROOT, 'electron', 'start', 'start.js')

let display: Display
let data: DataFolder
let program: ChildProcess | undefined

beforeAll(async () => {
  electronPath()
  await built()
  display = await openDisplay()
  data = dataFolder()
})
afterEach(() => {
  program?.kill('SIGKILL')
})
afterAll(() => {
  display?.close()
  data?.remove()
})

interface Started {
  readonly lines: () => string[]
  /** The first output that looks so. */
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly end: () => Promise<number | null>
}

function start(args: readonly string[], screen: string): Started {
  const started = spawn(process.execPath, [START, `--data=${data.path}`, '--no-open', ...args], {
    env: { ...process.env, DISPLAY: screen, WAYLAND_DISPLAY: '' },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  program = started
  let output = ''
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = new Promise<number | null>((done) => {
    started.on('exit', done)
  })
  return {
    lines: () => output.split('\n').filter((line) => line !== ''),
    async until(pattern) {
      for (;;) {
        const found = pattern.exec(output)
        if (found !== null) return found
        if (started.exitCode !== null) throw new Error(`ended before ${pattern}:\n${output}`)
        await new Promise((later) => setTimeout(later, 50))
      }
    },
    end() {
      started.kill('SIGTERM')
      return ended
    }
  }
}

describe('npm start', () => {
  it('where there is no screen says so in one line and gives the address in one more', async () => {
    const { until, lines, end } = start([], '')
    const [, address = ''] = await until(/^open (http:\S+)$/m)
    expect(lines()).toEqual([
      'no window: there is no screen (DISPLAY and WAYLAND_DISPLAY are empty); open it in a browser on this machine instead:',
      `open ${address}`
    ])
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\?token=[\w-]{43}$/)
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(302)
    expect(await end()).toBe(0)
  })

  it('in the background gives a new address when it is asked by a signal, and the one before opens nothing', async () => {
    const { until, lines, end } = start(['--door'], '')
    const [, first = ''] = await until(/^open (http:\S+)$/m)
    program?.kill('SIGUSR2')
    await expect.poll(() => lines().length).toBe(2)
    const second = lines()[1]?.replace('open ', '') ?? ''
    expect((await fetch(first, { redirect: 'manual' })).status).toBe(403)
    expect((await fetch(second, { redirect: 'manual' })).status).toBe(302)
    expect(await end()).toBe(0)
  })

  it('where there is one opens the window, and ends with it', async () => {
    const { until, end } = start(['--', ...LAUNCHER_ARGS, '--remote-debugging-port=0'], display.name)
    const [, port = ''] = await until(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/)
    await expect.poll(() => pageAddresses(port)).toEqual(['caresettle://app/'])
    expect(await end()).toBe(0)
  })

  it('where Electron does not come up says why in one line and gives the address', async () => {
    // As it is on a bare server: a screen is named, and nobody is there.
    const { until, lines, end } = start(['--', ...LAUNCHER_ARGS], ':9999')
    await until(/^open http:\S+$/m)
    expect(lines()).toHaveLength(2)
    expect(lines()[0]).toMatch(/^no window: Electron did not start: .*; open it in a browser on this machine instead:$/)
    expect(await end()).toBe(0)
  })

  it('on a port that is taken says so in one line', async () => {
    const first = start(['--door'], '')
    const [, port = ''] = await first.until(/^open http:\/\/127\.0\.0\.1:(\d+)/m)
    const second = spawnSync(process.execPath, [START, '--no-open', '--port', port, `--data=${data.path}`], { encoding: 'utf8' })
    expect(second.status).toBe(4)
    expect(second.stderr).toBe(`caresettle: --port "${port}": the door cannot stand there: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`)
    expect(await first.end()).toBe(0)
  })

  it.each(['0.0.0.0', '192.168.1.10', 'till.local'])('refuses to listen on %s: one line and exit code 2', (address) => {
    const run = spawnSync(process.execPath, [START, '--listen', address], { encoding: 'utf8' })
    expect(run.status).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toBe(`caresettle: --listen "${address}": must be a loopback address such as 127.0.0.1: the door is for this machine only\n`)
  })
})
