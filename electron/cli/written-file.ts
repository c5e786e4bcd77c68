/** A file that a command is told to write: looked at before the command does anything, for what it did would be without its paper. */

import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { CommandInput } from './command.ts'
import { badInput, type Failure } from './failure.ts'

/** Whatever command has them: each names a file that is written. */
const WRITTEN = ['out', 'csv', 'trace'] as const

/** `what`: the option or argument that names it. */
export function writtenFile(what: string, path: string): Result<string, Failure> {
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true) return badInput('folder-missing', `${what}: "${path}" must lie in a folder that is there`)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return badInput('not-a-file', `${what}: "${path}" must be a file, and is a folder`)
  return ok(path)
}

export function writtenFiles(input: CommandInput): Result<null, Failure> {
  for (const option of WRITTEN) {
    const path = input.text(option)
    const file = path === undefined ? ok('') : writtenFile(`--${option}`, path)
    if (!file.ok) return file
  }
  return ok(null)
}
