/** Reading what a user names: every way in which a file can be wrong is bad input that names the file. */

import { readFileSync, statSync } from 'node:fs'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { utf8 } from '../../../base/utf8.ts'
import { describeJsonProblem, parseJson, type JsonProblem } from '../../../settlement/wire/json-text.ts'
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

export function readJsonFile(path: string, what: string): Result<unknown, FileProblem> {
  const bytes = readWhole(path, what)
  if (!bytes.ok) return bytes
  const text = utf8(bytes.value)
  if (text === undefined) return fileProblem('not-utf-8', `${what}: ${path} is not UTF-8 text`)
  const json = parseJson(text)
  if (json.ok) return json
  return fileProblem(json.error[0]?.kind ?? 'malformed-json', `${what}: ${path} ${sayJson(json.error)}`)
}

/** What a person pasted or a file held; the refusal is one line, the parser's own word where it is no JSON at all. */
export function parseJsonText(text: string): Result<unknown, string> {
  const json = parseJson(text)
  if (json.ok) return json
  const [first] = json.error
  return refuse(first?.kind === 'malformed-json' ? first.detail : sayJson(json.error))
}

const PROBLEMS_SHOWN_MAX = 3

const sayJson = (problems: readonly JsonProblem[]): string => problems.slice(0, PROBLEMS_SHOWN_MAX).map(describeJsonProblem).join('; ')
