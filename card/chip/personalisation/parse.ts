/** From any JSON to a personalisation, or every problem of it at once: which field, what it holds, what it may hold. */

import type { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { printable, printableText } from './printable.ts'
import { crossFieldProblems } from './rules.ts'
import { personalisationSchema, type Personalisation } from './schema.ts'

export interface PersonalisationProblem {
  /** Such as "pin.value". */
  readonly path: string
  /** As found, control characters by their numbers; "(not shown)" for a PIN or a key. */
  readonly value: unknown
  readonly rule: string
}

export interface InvalidPersonalisation {
  readonly kind: 'invalid-personalisation'
  readonly problems: readonly PersonalisationProblem[]
}

export function parsePersonalisation(json: unknown): Result<Personalisation, InvalidPersonalisation> {
  const parsed = personalisationSchema.safeParse(json)
  if (!parsed.success) return invalid(parsed.error.issues.flatMap((issue) => problemsOf(issue, json)))
  const problems = crossFieldProblems(parsed.data)
  return problems.length > 0 ? invalid(problems) : ok(parsed.data)
}

const invalid = (problems: readonly PersonalisationProblem[]) =>
  refuse<InvalidPersonalisation>({ kind: 'invalid-personalisation', problems: problems.map(presentable) })

function problemsOf(issue: z.core.$ZodIssue, json: unknown): PersonalisationProblem[] {
  const at = (path: readonly PropertyKey[], rule: string): PersonalisationProblem => ({
    path: path.map(String).join('.'),
    value: valueAt(json, path),
    rule
  })
  if (issue.code !== 'unrecognized_keys') return [at(issue.path, issue.message)]
  return issue.keys.map((key) => at([...issue.path, key], 'no such field'))
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

const presentable = ({ path, value, rule }: PersonalisationProblem): PersonalisationProblem => ({
  path: printableText(path),
  value: /^(pin\.value|pin$|keys)/.test(path) ? '(not shown)' : printable(value),
  rule
})
