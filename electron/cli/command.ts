/** A command of the command line: its words, its options, what it does. */

import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { ok, type Result } from '../../base/result.ts'
import { badInput, type Failure, type Outcome } from './failure.ts'
import type { Terminal } from './terminal.ts'

export interface Command {
  /** Words after `caresettle`, such as "card new". */
  readonly name: string
  /** What follows the words, as the help shows it. */
  readonly synopsis: string
  readonly summary: string
  readonly options: ParseArgsOptionsConfig
  /** Names of the positional arguments, all of them required; a last one that ends with "..." may be repeated. */
  readonly positionals: readonly string[]
  run(input: CommandInput, terminal: Terminal): Promise<Outcome> | Outcome
}

export interface CommandInput {
  readonly positionals: readonly string[]
  text(option: string): string | undefined
  flag(option: string): boolean
  /** The values of an option that may be given several times. */
  list(option: string): readonly string[]
}

/** Refuses an unknown option, a missing or a surplus argument, naming it and the command's synopsis. */
export function parseInput(command: Command, args: readonly string[]): Result<CommandInput, Failure> {
  const usage = `usage: caresettle ${command.name} ${command.synopsis}`.trimEnd()
  try {
    const parsed = parseArgs({
      args: withNegatives(command.options, args),
      options: { ...command.options, json: { type: 'boolean' } },
      allowPositionals: true,
      strict: true
    })
    const { positionals } = parsed
    const values: Readonly<Record<string, unknown>> = parsed.values
    const missing = command.positionals[positionals.length]
    if (missing !== undefined) return badInput('missing-argument', `${missing} is missing; ${usage}`)
    const surplus = positionals[command.positionals.length]
    const isRepeated = command.positionals.at(-1)?.endsWith('...') === true
    if (surplus !== undefined && !isRepeated) return badInput('unknown-argument', `"${surplus}" is not expected; ${usage}`)
    return ok({
      positionals,
      text: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
      flag: (option) => values[option] === true,
      list: (option) => (Array.isArray(values[option]) ? values[option].map(String) : [])
    })
  } catch (cause) {
    if (cause instanceof TypeError) return badInput('bad-option', `${cause.message}; ${usage}`)
    throw cause
  }
}

/** A number below zero is a value and no option: its rule says what is wrong with it. */
function withNegatives(options: ParseArgsOptionsConfig, args: readonly string[]): string[] {
  const joined: string[] = []
  for (const word of args) {
    const before = joined.at(-1) ?? ''
    const takesText = before.startsWith('--') && options[before.slice(2)]?.type === 'string'
    if (takesText && /^-[\d.]/.test(word)) joined[joined.length - 1] = `${before}=${word}`
    else joined.push(word)
  }
  return joined
}

/** An option that the command cannot do without. */
export function required(input: CommandInput, option: string, synopsis: string): Result<string, Failure> {
  const value = input.text(option)
  return value === undefined || value === ''
    ? badInput('missing-option', `--${option} is missing; usage: caresettle ${synopsis}`)
    : ok(value)
}
