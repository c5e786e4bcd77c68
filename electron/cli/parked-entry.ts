/** `--entry`: one of those that the centre did not book, as `sync` and `sync status` name them. */

import { ok, type Result } from '../../base/result.ts'
import { required, type CommandInput } from './command.ts'
import { badInput, type Failure } from './failure.ts'

export const ENTRY_OPTION = { entry: { type: 'string' } } as const

export function entryOf(input: CommandInput, usage: string): Result<number, Failure> {
  const entry = required(input, 'entry', usage)
  if (!entry.ok) return entry
  return /^[1-9]\d{0,14}$/.test(entry.value) ? ok(Number(entry.value)) : badInput('bad-option', `--entry "${entry.value}" is not the number of a fact`)
}
