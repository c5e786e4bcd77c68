/** Tools of the distribution as clients of a test's daemon, beside this process: the card that they speak to lives in it. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Daemon } from './daemon.ts'

export interface ToolOptions {
  readonly stdin?: string
  /** Ends it as soon as it has said this: for a tool that never ends by itself. */
  readonly until?: string
}

/** What it printed; an exit code that is not 0 is thrown, with what it said. */
export async function runTool(daemon: Daemon, [tool = '', ...args]: readonly string[], { stdin = '', until }: ToolOptions = {}): Promise<string> {
  const child = spawn(tool, args, { env: daemon.environment, stdio: ['pipe', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  let wasEnough = false
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    if (until === undefined || wasEnough || !out.includes(until)) return
    wasEnough = true
    child.kill()
  })
  child.stdin.end(stdin)
  await once(child, 'close')
  if (child.exitCode !== 0 && !wasEnough) throw new Error(`${tool} ended with ${child.exitCode ?? child.signalCode}: ${out}${err}`)
  return out
}

/** Debian's own, for which its packages are. */
export const PYTHON = '/usr/bin/python3'
export const FOREIGN_CLIENT = join(import.meta.dirname, 'foreign-client.py')
