/** What the verifier has to say about a ledger. Values are never repeated: a finding says where to look. */

import { never } from '../../base/invariant.ts'

export type Finding =
  /** SQLite's own check of pages, indexes, constraints and foreign keys. */
  | { readonly kind: 'structure'; readonly detail: string }
  /** The write-ahead log breaks at this frame (0: its header) although commits follow: SQLite leaves those out silently. */
  | { readonly kind: 'log-damaged'; readonly frame: number }
  /** A table, index or trigger that is missing, changed or not ours. */
  | { readonly kind: 'schema'; readonly object: string; readonly problem: 'missing' | 'changed' | 'unexpected' }
  /** SQLite could not read what this step needed; the step's other findings may be missing. */
  | { readonly kind: 'unreadable'; readonly step: string; readonly detail: string }
  | { readonly kind: 'sequence-gap'; readonly expected: number; readonly found: number }
  /** The fact's content or number is not what its hash was made of, or a fact before it is not. */
  | { readonly kind: 'hash'; readonly sequence: number }
  | { readonly kind: 'malformed-content'; readonly sequence: number; readonly detail: string }
  /** A fact that cannot follow those before it, such as a posting of a hold that is not open. */
  | { readonly kind: 'out-of-order'; readonly sequence: number; readonly rule: string }
  /** I1 to I8 of the result, or the card's balances around the debit. */
  | { readonly kind: 'identity'; readonly sequence: number; readonly identity: string }
  | { readonly kind: 'unbalanced'; readonly sequence: number }
  /** The chain ends elsewhere than the ledger, or the caller, says. */
  | { readonly kind: 'head'; readonly recorded: 'in the ledger' | 'elsewhere'; readonly sequence: number }
  | { readonly kind: 'row-missing'; readonly table: string; readonly row: string }
  | { readonly kind: 'row-changed'; readonly table: string; readonly row: string; readonly column: string }
  /** Rows that no fact accounts for. */
  | { readonly kind: 'rows-unexpected'; readonly table: string; readonly expected: number; readonly found: number }

/** One line for a person. */
export function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'structure':
      return `the file's structure: ${finding.detail}`
    case 'log-damaged':
      return finding.frame === 0
        ? 'the write-ahead log is damaged in its header: everything that was committed to it is lost'
        : `the write-ahead log is damaged at frame ${finding.frame}: what was committed from there on is lost`
    case 'schema':
      return `schema: ${finding.object} is ${finding.problem}`
    case 'unreadable':
      return `${finding.step} cannot be read: ${finding.detail}`
    case 'sequence-gap':
      return `fact ${finding.expected} is missing, fact ${finding.found} follows`
    case 'hash':
      return `fact ${finding.sequence}: the hash chain breaks here`
    case 'malformed-content':
      return `fact ${finding.sequence}: ${finding.detail}`
    case 'out-of-order':
      return `fact ${finding.sequence}: ${finding.rule}`
    case 'identity':
      return `fact ${finding.sequence}: ${finding.identity} does not hold`
    case 'unbalanced':
      return `fact ${finding.sequence}: its entries do not sum to zero`
    case 'head':
      return `the chain ends at fact ${finding.sequence}, not where its end was recorded ${finding.recorded}`
    case 'row-missing':
      return `${finding.table}: row ${finding.row} is missing`
    case 'row-changed':
      return `${finding.table}: row ${finding.row} has another ${finding.column} than its fact`
    case 'rows-unexpected':
      return `${finding.table}: ${finding.found} rows, ${finding.expected} are accounted for`
    default:
      return never(finding)
  }
}

const FINDING_COUNT_MAX = 1000

/** Keeps the first findings; a file that is damaged all over needs no longer list. */
export class Findings {
  readonly list: Finding[] = []
  count = 0

  add(finding: Finding): void {
    this.count += 1
    if (this.list.length < FINDING_COUNT_MAX) this.list.push(finding)
  }
}
