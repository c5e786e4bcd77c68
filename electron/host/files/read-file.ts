/** Reading what a user names: every way in which a file can be wrong is bad input that names the file. */

import { readFileSync, statSync } from 'node:fs'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { fileProblem, type FileProblem } from './file-problem.ts'

const FILE_BYTES_MAX = 16 * 1024 * 1024

/** `bytesMax`: of what is larger by nature than a document. */
export function readWhole(path: string, what: string, bytesMax = FILE_BYTES_MAX): Result<Uint8Array, FileProblem> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return fileProblem('no-such-file', `${what}: no such file: ${path}`)
  if (!found.isFile()) return fileProblem('not-a-file', `${what}: ${path} is not a file`)
  if (found.size > bytesMax) {
    return fileProblem('file-too-large', `${what}: ${path} has ${found.size} bytes, at most ${bytesMax} are read`)
  }
  return ok(readFileSync(path))
}

/** A key that objects treat as their prototype would vanish silently instead of being refused as unknown. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('the field "__proto__" is not allowed')
  return value
}

export function readJsonFile(path: string, what: string): Result<unknown, FileProblem> {
  const bytes = readWhole(path, what)
  if (!bytes.ok) return bytes
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.value)
  } catch {
    return fileProblem('not-utf-8', `${what}: ${path} is not UTF-8 text`)
  }
  const json = parseJsonText(text)
  return json.ok ? json : fileProblem('malformed-json', `${what}: ${path} is not JSON: ${json.error}`)
}

/** What a person pasted or a file held; the refusal is the parser's own word. */
export function parseJsonText(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text, refusePrototype))
  } catch (cause) {
    return refuse(cause instanceof Error ? cause.message : 'not JSON')
  }
}
