/** Documents that a user names, checked against their schemas; every problem found goes into the one line of the failure. */

import { ok, type Result } from '../../../base/result.ts'
import { describeProblem, type InputProblem } from '../../../settlement/wire/input-problem.ts'
import { fileProblem, type FileProblem } from './file-problem.ts'
import { readJsonFile } from './read-file.ts'

const PROBLEMS_SHOWN_MAX = 3

export function readDocument<Value>(
  path: string,
  what: string,
  parse: (json: unknown) => Result<Value, readonly InputProblem[]>
): Result<Value, FileProblem> {
  const json = readJsonFile(path, what)
  if (!json.ok) return json
  const parsed = parse(json.value)
  return parsed.ok ? ok(parsed.value) : badDocument(path, what, parsed.error)
}

export function badDocument(path: string, what: string, problems: readonly InputProblem[]): { ok: false; error: FileProblem } {
  const shown = problems.slice(0, PROBLEMS_SHOWN_MAX).map(describeProblem)
  const more = problems.length > shown.length ? `; and ${problems.length - shown.length} more problems` : ''
  return fileProblem(`invalid-${what}`, `${what} ${path}: ${shown.join('; ')}${more}`, {
    problems: problems.map((problem) => ({ path: problem.path, rule: problem.rule, text: describeProblem(problem) }))
  })
}
