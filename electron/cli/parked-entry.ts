/** `--entry`: one of those that the centre did not book, as `sync` and `sync status` name them. */

import type { Result } from '../../base/result.ts'
import { required, type CommandInput } from './command.ts'
import { factNumber } from './fact-number.ts'
import type { Failure } from './failure.ts'

export const ENTRY_OPTION = { entry: { type: 'string' } } as const

export function entryOf(input: CommandInput, usage: string): Result<number, Failure> {
  const entry = required(input, 'entry', usage)
  return entry.ok ? factNumber('entry', entry.value) : entry
}
