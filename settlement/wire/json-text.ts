/**
 * JSON from outside, read in one way everywhere. The language's own parser says nothing of a field that stands twice in one
 * object: the first one is lost, and a rule with it. Nor of a field that objects take for their prototype. Both are named with
 * their path, and so is nesting that no document of ours needs and that would end every walk over it.
 *
 * The parser looks at the grammar; what it accepts is then gone through once, without recursion.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { pathOf } from './input-problem.ts'

/** Policies and rules have eleven levels. */
export const JSON_DEPTH_MAX = 64
const PROBLEMS_MAX = 50

export type JsonProblem =
  /** `detail`: the parser's own words, which say where. */
  | { readonly kind: 'malformed-json'; readonly detail: string }
  /** `path`: "bands[0].limit". */
  | { readonly kind: 'repeated-field'; readonly path: string }
  | { readonly kind: 'forbidden-field'; readonly path: string }
  | { readonly kind: 'too-deep'; readonly path: string }

export function parseJson(text: string): Result<unknown, readonly JsonProblem[]> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return refuse([{ kind: 'malformed-json', detail: cause.message }])
    throw cause
  }
  const problems = new FieldScan(text).problems()
  return problems.length > 0 ? refuse(problems) : ok(value)
}

/** In English as the end of "FILE ...". */
export function sayJsonProblem(problem: JsonProblem): { readonly zh: string; readonly en: string } {
  switch (problem.kind) {
    case 'malformed-json':
      return { zh: `不是 JSON 文本：${problem.detail}`, en: `is not JSON: ${problem.detail}` }
    case 'repeated-field':
      return {
        zh: `${problem.path} 写了两次：同一对象中一个字段只能出现一次，否则会丢失其中一个`,
        en: `has ${problem.path} twice: a field must stand once in its object, or one of the two would be lost`
      }
    case 'forbidden-field':
      return { zh: `不允许使用字段 ${problem.path}`, en: `has the field ${problem.path}, which is not allowed` }
    case 'too-deep':
      return {
        zh: `${problem.path} 嵌套过深：最多 ${JSON_DEPTH_MAX} 层`,
        en: `is nested too deeply at ${problem.path}: at most ${JSON_DEPTH_MAX} levels are read`
      }
    default:
      return problem satisfies never
  }
}

export const describeJsonProblem = (problem: JsonProblem): string => sayJsonProblem(problem).en

const PATH_SHOWN_MAX = 60

const shortened = (path: string): string => (path.length > PATH_SHOWN_MAX ? `${path.slice(0, PATH_SHOWN_MAX)}...` : path)

/** An object or list that the scan is inside of. */
interface Level {
  /** Names so far; undefined: a list. */
  readonly names: Set<string> | undefined
  /** Of the value that comes next, or is being read. */
  at: string | number
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Goes over a text that is JSON for certain, so that only quotes, brackets and commas matter. */
class FieldScan {
  readonly #text: string
  readonly #levels: Level[] = []
  readonly #problems: JsonProblem[] = []

  constructor(text: string) {
    this.#text = text
  }

  problems(): readonly JsonProblem[] {
    for (let at = 0; at < this.#text.length && this.#problems.length < PROBLEMS_MAX; at += 1) {
      switch (this.#text.charCodeAt(at)) {
        case QUOTE:
          at = this.#string(at)
          break
        case OPEN_OBJECT:
        case OPEN_LIST:
          this.#levels.push(this.#text.charCodeAt(at) === OPEN_LIST ? { names: undefined, at: 0 } : { names: new Set(), at: '' })
          // What lies below is deeper still.
          if (this.#levels.length > JSON_DEPTH_MAX) return [...this.#problems, { kind: 'too-deep', path: shortened(this.#path(this.#levels.slice(0, -1))) }]
          break
        case CLOSE_OBJECT:
        case CLOSE_LIST:
          this.#levels.pop()
          break
        case COMMA:
          this.#next()
          break
        default:
      }
    }
    return this.#problems
  }

  #next(): void {
    const level = this.#levels.at(-1)
    if (level !== undefined && typeof level.at === 'number') level.at += 1
  }

  /** Where the string that begins at `from` ends. A string before a colon is a name. */
  #string(from: number): number {
    let to = from + 1
    for (; this.#text.charCodeAt(to) !== QUOTE; to += 1) if (this.#text.charCodeAt(to) === BACKSLASH) to += 1
    const level = this.#levels.at(-1)
    if (level?.names !== undefined && this.#isName(to + 1)) this.#name(level, level.names, this.#text.slice(from, to + 1))
    return to
  }

  #isName(at: number): boolean {
    let next = at
    while (this.#text.charCodeAt(next) <= 0x20) next += 1
    return this.#text.charCodeAt(next) === COLON
  }

  #name(level: Level, names: Set<string>, quoted: string): void {
    // The same name may be written with and without escapes.
    const name = quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
    level.at = name
    if (name === '__proto__') this.#problems.push({ kind: 'forbidden-field', path: this.#path(this.#levels) })
    else if (names.has(name)) this.#problems.push({ kind: 'repeated-field', path: this.#path(this.#levels) })
    names.add(name)
  }

  #path(levels: readonly Level[]): string {
    return pathOf(levels.map(({ at }) => at))
  }
}
