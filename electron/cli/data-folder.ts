/** The data folder that a command is pointed at: one that is there, so that a slip of the pen begins no empty till. */

import { statSync } from 'node:fs'
import { ok, type Result } from '../../base/result.ts'
import { badInput, type Failure } from './failure.ts'

export function existingFolder(path: string): Result<string, Failure> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return ok(path)
  return badInput('data-folder-missing', `--data: "${path}" must be a folder that is there; mkdir begins one`)
}
