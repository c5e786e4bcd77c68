/** A member that is JSON: UTF-8, and no key that objects would take for their prototype. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { packProblem, type PackProblem } from './pack-problem.ts'

export function parseJsonMember(path: string, bytes: Uint8Array): Result<unknown, PackProblem> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const json: unknown = JSON.parse(text, refusePrototype)
    return ok(json)
  } catch (cause) {
    // The decoder refuses with a TypeError, the parser with a SyntaxError.
    if (cause instanceof TypeError) return refuse(packProblem('not-json', path, '', 'must be UTF-8 text'))
    if (cause instanceof SyntaxError) return refuse(packProblem('not-json', path, cause.message, 'must be JSON'))
    throw cause
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('the field "__proto__" is not allowed')
  return value
}
