/**
 * What is wrong with a document from outside: where (JSON path), what stood there, and the rule it breaks. One problem is
 * one line for a person; all problems of a document are reported at once.
 */

import type { z } from 'zod'
import { refuse, ok, type Result } from '../../base/result.ts'

export interface InputProblem {
  /** "lines[2].pric"; empty for the document itself. */
  readonly path: string
  /** What stood there; undefined when the field is missing. */
  readonly value: unknown
  /** What is allowed, as the end of the sentence "it must be ...". */
  readonly rule: string
}

const VALUE_LENGTH_MAX = 60
const VALUE_DEPTH_MAX = 4
const PROBLEMS_MAX = 50

/** One line: `lines[2].pric: "-3.00" is refused: must be ...`. */
export function describeProblem(problem: InputProblem): string {
  const place = problem.path === '' ? 'document' : problem.path
  const found = problem.value === undefined ? 'missing' : `${shownValue(problem) ?? 'the value'} is refused`
  return `${place}: ${found}: ${problem.rule}`
}

/**
 * A field that smells of a secret is named, never shown: somebody may have put a PIN where it does not belong. Nor is a
 * person's number, which is nobody's business on a screen or in a log.
 */
const HIDDEN = /pin|passw|secret|key|certno|psn_no|card_n/i

/** As JSON, cut short; undefined when it is not for anybody to see. */
export function shownValue({ path, value }: InputProblem): string | undefined {
  if (HIDDEN.test(path)) return undefined
  const text = brief(value, 0)
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}...` : text
}

/** JSON leaves the control characters from U+007F on as they are. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/\p{Cc}/gu, (control) => `\\u00${control.charCodeAt(0).toString(16)}`)

/** JSON of a value of any size and depth, in bounded time: what lies deep or far back is not needed to recognise it. */
function brief(value: unknown, depth: number): string {
  if (typeof value === 'string') return quoted(value.slice(0, VALUE_LENGTH_MAX + 1))
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).slice(0, 5)
  const inner = (item: unknown): string => (depth < VALUE_DEPTH_MAX ? brief(item, depth + 1) : '...')
  if (Array.isArray(value)) return `[${entries.map(([, item]) => inner(item)).join(',')}]`
  return `{${entries.map(([name, item]) => `${brief(name, depth)}:${HIDDEN.test(name) ? '...' : inner(item)}`).join(',')}}`
}

/** Checks a document against its schema; every problem found, in the order of the document's fields. */
export function checkDocument<Schema extends z.ZodType>(
  schema: Schema,
  document: unknown
): Result<z.output<Schema>, InputProblem[]> {
  const checked = schema.safeParse(document, { error: nameAllowedKeys, reportInput: false })
  if (checked.success) return ok(checked.data)
  return refuse(checked.error.issues.flatMap((issue) => problemsOf(issue, document)).slice(0, PROBLEMS_MAX))
}

function problemsOf(issue: z.core.$ZodIssue, document: unknown): InputProblem[] {
  if (issue.code === 'invalid_union') {
    // The member whose type the value has; what the others miss is no news.
    const meant = issue.errors.find((errors) => errors.length > 0 && errors.every(isOfType))
    if (meant !== undefined) {
      return meant.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, document))
    }
  }
  const segments = issue.path.filter((segment) => typeof segment !== 'symbol')
  if (issue.code !== 'unrecognized_keys') {
    return [{ path: pathOf(segments), value: valueAt(document, segments), rule: issue.message }]
  }
  return issue.keys.map((key) => {
    const path = [...segments, key]
    return { path: pathOf(path), value: valueAt(document, path), rule: issue.message }
  })
}

const isOfType = ({ path, code }: z.core.$ZodIssue): boolean => path.length > 0 || code !== 'invalid_type'

/** zod says which key is too many; a person also needs to know which there are. */
function nameAllowedKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return 'this field is required'
    const isUnquoted = issue.expected === 'string' && typeof issue.input === 'number'
    return isUnquoted ? 'must be text in quotes' : `must be of type ${issue.expected}`
  }
  if (issue.code === 'invalid_value') {
    const isQuoted = typeof issue.input === 'string' && issue.values.every((value) => typeof value === 'number')
    const allowed = issue.values.map((value) => JSON.stringify(value)).join(', ')
    return `must be one of ${allowed}${isQuoted ? ': a number, without quotes' : ''}`
  }
  if (issue.code === 'invalid_key') return issue.issues[0]?.message
  if (issue.code !== 'unrecognized_keys') return undefined
  const definition: object | undefined = issue.inst?._zod.def
  const shape = definition !== undefined && 'shape' in definition ? definition.shape : undefined
  const allowed = typeof shape === 'object' && shape !== null ? Object.keys(shape).join(', ') : 'none'
  return `unknown field; allowed here: ${allowed}`
}

export function pathOf(segments: readonly (string | number)[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') return `${path}[${segment}]`
    const name = /^[\w$-]{1,64}$/.test(segment) ? segment : quoted(segment.slice(0, 64))
    return path === '' ? name : `${path}.${name}`
  }, '')
}

function valueAt(document: unknown, segments: readonly (string | number)[]): unknown {
  return segments.reduce<unknown>((value, segment) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined
    return (value as Record<string | number, unknown>)[segment]
  }, document)
}
