/** `--entry`: one of those that the centre did not book, as `sync` and `sync status` name them. */

import type { Result } from '../../base/result.ts'
import type { HandOverRefusal, RetryRefusal } from '../../settlement/sync/sync.ts'
import { required, type CommandInput } from './command.ts'
import { factNumber } from './fact-number.ts'
import { badInput, type Failure } from './failure.ts'
import { syncFailure } from './sync-place.ts'

export const ENTRY_OPTION = { entry: { type: 'string' } } as const

/** An entry that never was parked is a slip; one that is not any more has been dealt with. */
export function entryFailure(refusal: RetryRefusal | HandOverRefusal, entry: number): { readonly ok: false; readonly error: Failure } {
  if (refusal.kind !== 'not-parked') return syncFailure(refusal)
  return badInput(refusal.kind, `--entry: ${entry} must be an entry that the centre did not book, as "caresettle sync status" names them (中心未入账的记录中没有这一条)`)
}

export function entryOf(input: CommandInput, usage: string): Result<number, Failure> {
  const entry = required(input, 'entry', usage)
  return entry.ok ? factNumber('entry', entry.value) : entry
}
