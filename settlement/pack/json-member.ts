/** A member that is JSON: UTF-8, and read as every document from outside is. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { utf8 } from '../../base/utf8.ts'
import { JSON_DEPTH_MAX, parseJson, type JsonProblem } from '../wire/json-text.ts'
import { packProblem, type PackProblem } from './pack-problem.ts'

export function parseJsonMember(path: string, bytes: Uint8Array): Result<unknown, readonly PackProblem[]> {
  const text = utf8(bytes)
  if (text === undefined) return refuse([packProblem('not-json', path, '', 'must be UTF-8 text')])
  const json = parseJson(text)
  return json.ok ? ok(json.value) : refuse(json.error.map((problem) => problemOf(path, problem)))
}

function problemOf(member: string, problem: JsonProblem): PackProblem {
  switch (problem.kind) {
    case 'malformed-json':
      return packProblem('not-json', member, problem.detail, 'must be JSON')
    case 'repeated-field':
      return packProblem('repeated-field', member, problem.path, 'must stand once in its object')
    case 'forbidden-field':
      return packProblem('forbidden-field', member, problem.path, 'must not be a field')
    case 'too-deep':
      return packProblem('too-deep', member, problem.path, `must have at most ${JSON_DEPTH_MAX} levels`)
    default:
      return problem satisfies never
  }
}
