/**
 * The command line as a user meets it: a process, its exit code, its two outputs. And the same without the process, for
 * steps of a test that a process would prove no better and pay a third of a second for.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommandLine, systemMachine } from '../../electron/cli/command-line.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const ENTRY = join(ROOT, 'electron', 'cli', 'caresettle.js')

export const fixture = (...path: string[]): string => join(ROOT, 'fixtures', ...path)

export interface Run {
  /** 'killed' when a signal ended it. */
  readonly exit: number | 'killed'
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly stdin?: string
  /** Fault point at which the process dies: CARESETTLE_KILL_AT. */
  readonly killAt?: string
}

export function caresettle(args: readonly string[], { stdin = '', killAt }: RunOptions = {}): Run {
  const { CARESETTLE_KILL_AT: _, ...environment } = process.env
  const run = spawnSync(process.execPath, [ENTRY, ...args], {
    input: stdin,
    encoding: 'utf8',
    env: killAt === undefined ? environment : { ...environment, CARESETTLE_KILL_AT: killAt }
  })
  return { exit: run.status ?? 'killed', stdout: run.stdout, stderr: run.stderr }
}

/** What the process would have come to; whatever it opens it closes again, as the process would. */
export async function caresettleHere(args: readonly string[], { stdin = '' }: Pick<RunOptions, 'stdin'> = {}): Promise<Run> {
  const said = { out: '', err: '' }
  const { CARESETTLE_KILL_AT: _, ...environment } = process.env
  const exit = await runCommandLine(
    args,
    { ...systemMachine, environment, readStdin: () => Promise.resolve(stdin) },
    { out: (text) => (said.out += text), err: (text) => (said.err += text) }
  )
  return { exit, stdout: said.out, stderr: said.err }
}

/** The one document that `--json` prints. */
export function caresettleJson(args: readonly string[], options: RunOptions = {}): unknown {
  const run = caresettle([...args, '--json'], options)
  if (run.exit !== 0) throw new Error(`caresettle ${args.join(' ')} ended with ${run.exit}: ${run.stderr}`)
  return JSON.parse(run.stdout)
}

export function temporaryFolder(): { readonly path: (name: string) => string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'caresettle-test-'))
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
