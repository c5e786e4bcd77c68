/** Documents that a user names, as a command meets them: what is wrong with one is bad input. */

import type { Result } from '../../base/result.ts'
import * as files from '../host/files/document.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import type { InputProblem } from '../../settlement/wire/input-problem.ts'
import { badInput, type Failure } from './failure.ts'

export function asBadInput<Value>(read: Result<Value, FileProblem>): Result<Value, Failure> {
  return read.ok ? read : badInput(read.error.kind, read.error.message, read.error.details)
}

export const readDocument = <Value>(
  path: string,
  what: string,
  parse: (json: unknown) => Result<Value, readonly InputProblem[]>
): Result<Value, Failure> => asBadInput(files.readDocument(path, what, parse))

export function badDocument(path: string, what: string, problems: readonly InputProblem[]): { ok: false; error: Failure } {
  const { kind, message, details } = files.badDocument(path, what, problems).error
  return badInput(kind, message, details)
}
