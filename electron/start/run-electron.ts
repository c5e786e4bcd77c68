/** Opens the window and stays until it is closed. An Electron that does not come up says why, once, and a browser takes over. */

import { spawn } from 'node:child_process'
import { ok, refuse, type Result } from '../../base/result.ts'
import { ROOT } from '../build/project.ts'

/** Whoever is still there after this long has opened a window; what ends it later is its own affair. */
const UP_MS = 5_000
const REASON_MAX = 160

export interface ElectronRun {
  readonly binary: string
  readonly data: string
  readonly args: readonly string[]
}

/** The exit code of the program, or why it did not come up. */
export function runElectron({ binary, data, args }: ElectronRun): Promise<Result<number, string>> {
  return new Promise((done) => {
    const app = spawn(binary, [...args, ROOT, `--data=${data}`], { stdio: ['ignore', 'inherit', 'pipe'] })
    let held: string | undefined = ''
    const release = setTimeout(() => {
      process.stderr.write(held ?? '')
      held = undefined
    }, UP_MS)
    app.stderr.setEncoding('utf8')
    app.stderr.on('data', (chunk: string) => {
      if (held === undefined) process.stderr.write(chunk)
      else held += chunk
    })
    const forward = (signal: NodeJS.Signals): void => {
      app.kill(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward)
    const finish = (result: Result<number, string>): void => {
      clearTimeout(release)
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, forward)
      done(result)
    }
    app.on('error', (error) => finish(refuse(error.message)))
    app.on('close', (code) => {
      if (code === 0 || held === undefined) finish(ok(code ?? 0))
      else finish(refuse(`Electron did not start: ${firstComplaint(held)}`))
    })
  })
}

/** Chromium writes "[1234:0101/120000.123456:FATAL:file.cc(12)] what is wrong". */
export function firstComplaint(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const line = lines.find((text) => /FATAL|error/i.test(text)) ?? lines.at(-1) ?? 'it gave no reason'
  return line.replace(/^\[[^\]]*\]\s*/, '').slice(0, REASON_MAX)
}
