/** A centre as whoever runs it starts it: the command line in a process of its own, on a port of its own. */

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ENTRY = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'caresettle.js')
const START_MS_MAX = 30_000

export interface RunningCentre {
  /** http://127.0.0.1:PORT */
  readonly address: string
  /** The one document that it printed. */
  readonly ready: Readonly<Record<string, unknown>>
  readonly stderr: () => string
  /** kill -9. */
  kill(): Promise<void>
  /** As Ctrl-C; the exit code. */
  stop(): Promise<number | null>
}

/** `args`: after `centre serve`; a port that is free unless they name one. */
export async function startCentre(args: readonly string[]): Promise<RunningCentre> {
  const port = args.includes('--port') ? [] : ['--port', '0']
  const child = spawn(process.execPath, [ENTRY, 'centre', 'serve', ...args, ...port, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
  const ready = await firstDocument(child, said)
  const { address } = ready
  if (typeof address !== 'string') throw new Error(`the centre did not say where it is: ${said.out}`)
  const ended = once(child, 'exit')
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    await ended
    return child.exitCode
  }
  return {
    address,
    ready,
    stderr: () => said.err,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM')
  }
}

async function firstDocument(child: ChildProcess, said: { readonly out: string; readonly err: string }): Promise<Readonly<Record<string, unknown>>> {
  const deadline = AbortSignal.timeout(START_MS_MAX)
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the centre ended with ${child.exitCode}: ${said.err}`)
    if (said.out.endsWith('}\n')) return Object.fromEntries(Object.entries(Object(JSON.parse(said.out))))
    await Promise.race([once(child.stdout ?? child, 'data', { signal: deadline }), once(child, 'exit', { signal: deadline })])
  }
}
