/** What is wrong with a row or a file. A row is named by file, line and column, skipped, and counted; a file is refused as a whole. */

import { never } from '../../../base/invariant.ts'
import { PROBLEMS_KEPT_MAX } from './limits.ts'

export interface ImportProblem {
  readonly file: string
  /** From 1; of JSON the row's place in its list. */
  readonly line: number
  /** Number and name of a column, or the name of a field: "58 lmt_used_flag". */
  readonly column: string
  readonly value: string
  /** Ends the sentence "it must ...". */
  readonly rule: string
}

/** In order of precedence. */
export type ImportRefusal =
  | { readonly kind: 'file-too-large'; readonly file: string; readonly bytes: number; readonly bytesMax: number }
  | { readonly kind: 'zip-broken'; readonly file: string; readonly detail: string }
  | { readonly kind: 'unknown-shape'; readonly file: string; readonly detail: string }
  | { readonly kind: 'json-broken'; readonly file: string; readonly detail: string }
  | { readonly kind: 'file-empty'; readonly file: string }
  /** It ends in the middle of a row. */
  | { readonly kind: 'file-cut'; readonly file: string; readonly line: number; readonly column: string; readonly value: string }
  /** Not one of its rows can be read: a wrong encoding, another number of columns. */
  | { readonly kind: 'no-row-readable'; readonly file: string; readonly rows: number; readonly first: ImportProblem }
  | { readonly kind: 'too-many'; readonly what: 'rows' | 'items'; readonly max: number }
  | { readonly kind: 'no-item'; readonly broken: number }
  | { readonly kind: 'version-missing' }

const VALUE_LENGTH_MAX = 60

export function describeImportProblem({ file, line, column, value, rule }: ImportProblem): string {
  return `${file}, line ${line}, ${column}: ${value === '' ? 'missing' : `${shownValue(value)} is refused`}: ${rule}`
}

const shownValue = (value: string): string => JSON.stringify(value.length > VALUE_LENGTH_MAX ? `${value.slice(0, VALUE_LENGTH_MAX)}...` : value)

export function describeImportRefusal(refusal: ImportRefusal): string {
  switch (refusal.kind) {
    case 'file-too-large':
      return `${refusal.file}: ${refusal.bytes} bytes; must be at most ${refusal.bytesMax}`
    case 'zip-broken':
      return `${refusal.file}: cannot be read as ZIP: ${refusal.detail}`
    case 'unknown-shape':
      return `${refusal.file}: ${refusal.detail}`
    case 'json-broken':
      return `${refusal.file}: ${refusal.detail}`
    case 'file-empty':
      return `${refusal.file}: it is empty; a file of items or prices has rows, or it was cut short`
    case 'file-cut':
      return `${refusal.file}: it ends in the middle of line ${refusal.line} (${refusal.column}: ${shownValue(refusal.value)}); it is cut short`
    case 'no-row-readable':
      return `${refusal.file}: none of its ${refusal.rows} rows can be read; the first: ${describeImportProblem(refusal.first)}`
    case 'too-many':
      return `more than ${refusal.max} ${refusal.what}`
    case 'no-item':
      return `no item can be read; ${refusal.broken} broken rows were skipped`
    case 'version-missing':
      return 'the files name no version, and none was given'
    default:
      return never(refusal)
  }
}

/** Keeps the first problems and counts all of them. */
export class ProblemList {
  readonly kept: ImportProblem[] = []
  #count = 0
  #last: ImportProblem | undefined

  get count(): number {
    return this.#count
  }

  get last(): ImportProblem | undefined {
    return this.#last
  }

  add(problem: ImportProblem): void {
    this.#count += 1
    this.#last = problem
    if (this.kept.length < PROBLEMS_KEPT_MAX) this.kept.push(problem)
  }
}
