/** Finds the command, runs it, prints what it gives. Prints nowhere else, so that `--json` is one document and no more. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock, systemEntropy } from '../host/system.ts'
import { parseInput, type Command } from './command.ts'
import { COMMANDS, commandOf } from './commands.ts'
import { badInput, fault, NOTHING_MORE, type Outcome, type Output } from './failure.ts'
import { runRecorded } from './recorded.ts'
import type { Terminal } from './terminal.ts'
import { writtenFiles } from './written-file.ts'

/** What a command says: to its reader, and about what went wrong. */
export interface Streams {
  out(text: string): void
  err(text: string): void
}

const systemStreams: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text)
}

/** The machine that a command runs on, less what it says there. */
export type Machine = Omit<Terminal, 'announce'>

export const systemMachine: Machine = {
  readStdin: () => Promise.resolve(readFileSync(0, 'utf8')),
  onLine: (listener) => {
    const lines = createInterface({ input: process.stdin })
    lines.on('line', listener)
    return () => {
      lines.close()
      process.stdin.destroy()
    }
  },
  clock: systemClock,
  entropy: systemEntropy,
  fixtures: join(import.meta.dirname, '..', '..', 'fixtures'),
  environment: process.env,
  untilStopped: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => resolve())
      process.once('SIGTERM', () => resolve())
    })
}

/** The exit code: the answer's, or the failure's. */
export async function runCommandLine(
  args: readonly string[],
  machine: Machine = systemMachine,
  streams: Streams = systemStreams
): Promise<number> {
  const wantsJson = args.includes('--json')
  if (args.length === 0 || args[0] === 'help' || args.includes('--help')) {
    const asked = await commandOf(args.filter((word) => word !== 'help' && !word.startsWith('--')))
    streams.out(asked === undefined ? await help() : helpOf(asked))
    return 0
  }
  // `--json` may stand anywhere, also before the command.
  const words = args.filter((word) => word !== '--json')
  const announce = (output: Output): void => streams.out(printed(output, wantsJson))
  const outcome = await runRecorded(words, { ...machine, announce }, outcomeOf)
  if (outcome.ok) {
    if (outcome.value !== NOTHING_MORE) announce(outcome.value)
    return outcome.value.exitCode ?? 0
  }
  const { exitCode, kind, message, details } = outcome.error
  streams.err(`caresettle: ${message}\n`)
  if (wantsJson) streams.out(`${JSON.stringify({ error: { kind, message, ...details } }, undefined, 2)}\n`)
  return exitCode
}

const printed = ({ text, json, isLine }: Output, wantsJson: boolean): string =>
  wantsJson ? `${JSON.stringify(json, undefined, isLine === true ? undefined : 2)}\n` : `${text}\n`

async function outcomeOf(args: readonly string[], terminal: Terminal): Promise<Outcome> {
  const command = await commandOf(args)
  if (command === undefined) {
    const names = COMMANDS.map(({ name }) => name).join(', ')
    return badInput('unknown-command', `"${args.slice(0, 2).join(' ')}" is no command; allowed: ${names}`)
  }
  const input = parseInput(command, args.slice(command.name.split(' ').length))
  if (!input.ok) return input
  const files = writtenFiles(input.value)
  if (!files.ok) return files
  const killed = await killProblem(terminal)
  if (killed !== undefined) return badInput('bad-fault-point', killed)
  try {
    return await command.run(input.value, terminal)
  } catch (cause) {
    if (isOutsideFault(cause)) return fault('system', `the system refused: ${cause.message}`, { code: cause.code })
    throw cause
  }
}

async function killProblem({ environment }: Terminal): Promise<string | undefined> {
  const target = environment['CARESETTLE_KILL_AT']
  if (target === undefined || target === '') return undefined
  // Read when a tester asks for it: no other command waits for the list.
  const { faultPointProblem } = await import('../host/fault-points.ts')
  return faultPointProblem(target)
}

interface CodedError extends Error {
  readonly code: string
}

/** The operating system's own errors, and SQLite's when it cannot have a file: disk full, read-only, no permission. */
const isOutsideFault = (cause: unknown): cause is CodedError =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && /^(E[A-Z]+|SQLITE_[A-Z_]+)$/.test(cause.code)

const helpOf = ({ name, synopsis, summary }: Command): string => `${`usage: caresettle ${name} ${synopsis}`.trimEnd()} [--json]\n\n${summary}\n\n${EXIT_CODES}\n`

const EXIT_CODES = 'exit codes: 0 done; 1 done, and the answer is no; 2 bad input; 3 refused by card or rules; 4 a fault outside (disk, reader)'

async function help(): Promise<string> {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const commands = await Promise.all(COMMANDS.map(({ load }) => load()))
  const rows = commands.map(({ name, synopsis, summary }) => `  ${name.padEnd(width)}  ${synopsis}\n  ${' '.repeat(width)}    ${summary}`)
  return [
    'caresettle: a medical-insurance settlement terminal without a window',
    '',
    'usage: caresettle <command> [options] [--json]',
    '',
    ...rows,
    '',
    '--record OUT.jsonl writes down what passes between a command and its card and PSAM, without PIN, keys and holder; --record-holder keeps the holder',
    'replay OUT.jsonl <command> plays it back in the place of card and PSAM, and stops at the first byte that differs; exit code 1: it differs, or ended before the recording did (记录与回放)',
    '',
    EXIT_CODES,
    ''
  ].join('\n')
}
