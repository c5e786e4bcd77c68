/**
 * Holds the terminal's rows against the centre's, by the number that the terminal made. Nothing is left over: every row of
 * either side is in exactly one of the answers.
 *
 *   matched                 both sides, the same to the fen
 *   amounts-differ          both sides, and not the same
 *   local-only              the centre does not have it
 *   centre-only             the terminal does not have it
 *   taken-back              the terminal does not have it, and the centre no longer: both rows of the pair
 *   refund-pair-incomplete  one side has a refund of a settlement that both know, or should
 *
 * The centre's days are longer or shorter than the period of a close: its rows of what lies in other periods are told apart
 * by `elsewhere` and are no difference.
 */

import { invariant } from '../../base/invariant.ts'
import type { Fen } from '../money/fen.ts'
import { SUM_FIELDS, type LocalRow, type RecordRow, type RowSums } from './rows.ts'

export interface SumDifference {
  readonly field: keyof RowSums
  readonly local: Fen
  readonly record: Fen
}

export type MatchedRow =
  | { readonly kind: 'matched'; readonly local: LocalRow; readonly record: RecordRow }
  | {
      readonly kind: 'amounts-differ'
      readonly local: LocalRow
      readonly record: RecordRow
      readonly differences: readonly SumDifference[]
    }
  | { readonly kind: 'local-only'; readonly local: LocalRow }
  /** By a row whose number the centre has made, because no terminal has a fact of it: the two are nothing together. */
  | { readonly kind: 'taken-back'; readonly record: RecordRow }
  /** `isHeld`: an open hold of this number waits for its proof here. */
  | { readonly kind: 'centre-only'; readonly record: RecordRow; readonly isHeld: boolean }
  /** Refunded here; the centre has the settlement alone. */
  | { readonly kind: 'refund-pair-incomplete'; readonly missing: 'refund-at-centre'; readonly local: LocalRow }
  /** Refunded at the centre: this terminal never knew, or the settlement that was taken back is not there. */
  | {
      readonly kind: 'refund-pair-incomplete'
      readonly missing: 'refund-here' | 'settlement-at-centre'
      readonly record: RecordRow
    }

export type UnmatchedRow = Exclude<MatchedRow, { readonly kind: 'matched' | 'taken-back' }>

export interface MatchInput {
  readonly local: readonly LocalRow[]
  readonly record: readonly RecordRow[]
  /** Numbers of the open holds. */
  readonly held: ReadonlySet<string>
  /** Whether the ledger has this row outside the period: another close compares it. */
  readonly elsewhere: (row: RecordRow) => boolean
}

export function matchRows({ local, record, held, elsewhere }: MatchInput): MatchedRow[] {
  const here = byId(local)
  const there = byId(record)
  const bySetlId = new Map(record.map((row) => [row.setlId, row]))
  const isKnown = (row: RecordRow): boolean => here.has(row.id) || elsewhere(row)
  return [
    ...local.map((row) => {
      const found = there.get(row.id)
      return found === undefined ? withoutRecord(row, there) : compared(row, found)
    }),
    ...record.filter((row) => !isKnown(row)).map((row) => withoutLocal(row, { bySetlId, isKnown, held }))
  ]
}

export const isUnmatched = (row: MatchedRow): row is UnmatchedRow => row.kind !== 'matched' && row.kind !== 'taken-back'

/** The number by which a person, a resolution and the report name the row. */
export const idOf = (row: MatchedRow): string => ('local' in row ? row.local.id : row.record.id)

function compared(local: LocalRow, record: RecordRow): MatchedRow {
  const differences = SUM_FIELDS.filter((field) => local.sums[field] !== record.sums[field]).map((field) => ({
    field,
    local: local.sums[field],
    record: record.sums[field]
  }))
  return differences.length === 0
    ? { kind: 'matched', local, record }
    : { kind: 'amounts-differ', local, record, differences }
}

function withoutRecord(local: LocalRow, there: ReadonlyMap<string, RecordRow>): MatchedRow {
  return local.kind === 'refund' && there.has(local.settlementId)
    ? { kind: 'refund-pair-incomplete', missing: 'refund-at-centre', local }
    : { kind: 'local-only', local }
}

interface Around {
  readonly bySetlId: ReadonlyMap<string, RecordRow>
  readonly isKnown: (row: RecordRow) => boolean
  readonly held: ReadonlySet<string>
}

function withoutLocal(record: RecordRow, { bySetlId, isKnown, held }: Around): MatchedRow {
  if (record.reverses === undefined) {
    const by = record.reversedBy === undefined ? undefined : bySetlId.get(record.reversedBy)
    const isHeld = held.has(record.id)
    return by !== undefined && !isHeld && isTakenBack(record, by) ? { kind: 'taken-back', record } : { kind: 'centre-only', record, isHeld }
  }
  const reversed = bySetlId.get(record.reverses)
  if (reversed === undefined) return { kind: 'refund-pair-incomplete', missing: 'settlement-at-centre', record }
  if (isKnown(reversed)) return { kind: 'refund-pair-incomplete', missing: 'refund-here', record }
  return !held.has(reversed.id) && isTakenBack(reversed, record) ? { kind: 'taken-back', record } : { kind: 'centre-only', record, isHeld: false }
}

/** A refund that this terminal has made and lost bears a number of this terminal, and is for a person. */
const isTakenBack = (record: RecordRow, by: RecordRow): boolean =>
  by.reverses === record.setlId && by.id === by.setlId && SUM_FIELDS.every((field) => record.sums[field] + by.sums[field] === 0)

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> {
  const found = new Map(rows.map((row) => [row.id, row]))
  invariant(found.size === rows.length, `${rows.length - found.size} rows share a number with another`)
  return found
}
