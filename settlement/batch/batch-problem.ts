/** Why bytes are no batch. One sentence for a person: which line, which field, what stood there, which rule it breaks. */

import { never } from '../../base/invariant.ts'

export type BatchProblem =
  | { readonly kind: 'too-large'; readonly bytes: number; readonly bytesMax: number }
  | { readonly kind: 'not-utf-8' }
  /** Made by a newer terminal: deferred by whoever knows more, never guessed at. */
  | { readonly kind: 'version-unknown'; readonly version: number; readonly known: number }
  | {
      readonly kind: 'malformed'
      /** From 1: the head is line 1. */
      readonly line: number
      /** Path within the line; empty for the line itself. */
      readonly field: string
      /** What stood there, as JSON and cut short; undefined when missing, or nobody's business. */
      readonly value: string | undefined
      readonly rule: string
    }

export function describeBatchProblem(problem: BatchProblem): string {
  switch (problem.kind) {
    case 'too-large':
      return `the batch has ${problem.bytes} bytes, allowed are ${problem.bytesMax}`
    case 'not-utf-8':
      return 'the batch is not UTF-8 text'
    case 'version-unknown':
      return `the batch is of version ${problem.version}, known here is ${problem.known}`
    case 'malformed': {
      const place = problem.field === '' ? '' : `, ${problem.field}`
      const found = problem.value === undefined ? '' : ` ${problem.value} is refused:`
      return `line ${problem.line}${place}:${found} ${problem.rule}`
    }
    default:
      return never(problem)
  }
}
