/** The driver of a packaged program, in real Electron: a host in a utility process, killed and back again. */

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../electron/build/project.ts'
import { openDisplay, type Display } from './support/display.ts'
import { electronPath, LAUNCHER_ARGS } from './support/electron-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'caresettle-utility-'))
let display: Display

const bundle = (entry: string): InlineConfig => ({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: join(ROOT, entry),
    target: 'node18',
    outDir: folder,
    emptyOutDir: false,
    rolldownOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: '[name].js' } }
  }
})

beforeAll(async () => {
  display = await openDisplay()
  await build(bundle('test/e2e/support/utility-shell.ts'))
  await build(bundle('test/support/scripted-host.ts'))
})
afterAll(() => {
  display?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a host in a utility process', () => {
  it('killed in the middle of a settlement comes back with the same card, and everyone is told', async () => {
    const lines = await run(join(folder, 'utility-shell.js'))
    expect(lines).toEqual([
      { state: 'starting' },
      { state: 'ready' },
      expect.objectContaining({ ok: true, value: expect.objectContaining({ arguments: ['--data', '/tmp/data', '--fixtures', 'fixtures', '--version', '0.0.1'] }) }),
      { state: 'restarting', attempt: 1, reason: expect.stringMatching(/^ended with exit code -?\d+$/) },
      expect.objectContaining({ ok: false, error: expect.objectContaining({ kind: 'host-away', today: { zh: '切勿重复收费；查明之前不要收取现金', en: 'Do not charge again; take no cash before the outcome is known' } }) }),
      { state: 'ready' },
      expect.objectContaining({ ok: true, value: expect.objectContaining({ arguments: ['--data', '/tmp/data', '--fixtures', 'fixtures', '--version', '0.0.1', '--insert', 'test-one'] }) }),
      'stopped'
    ])
  })
})

function run(script: string): Promise<unknown[]> {
  const app = spawn(electronPath(), [...LAUNCHER_ARGS, script], {
    env: { ...process.env, DISPLAY: display.name, SCRIPTED_HOST: 'silent-on:settle' },
    stdio: ['ignore', 'pipe', 'ignore']
  })
  let output = ''
  app.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  return new Promise((done) => {
    app.on('close', () =>
      done(
        output
          .split('\n')
          .filter((line) => /^["{]/.test(line))
          .map((line): unknown => JSON.parse(line))
      )
    )
  })
}
