/**
 * Records of settlements that wait among the parked entries: what the ledger calls provisional was refused, and says why. So was what it
 * calls confirmed, where a centre that was put back does not book it again. What was refused and taken back here waits for nothing.
 */

import type { ParkedRow, ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
import { isWaiting } from '../../../settlement/sync/parked.ts'
import type { ConfirmationView, RecordRow, StatementView } from '../../contract/settlement-view.ts'
import { isNeverBooked } from '../load/never-booked.ts'
import { parkedWhat } from './parked-text.ts'

type Parked = Pick<ReadableSyncStore, 'parkedOf'>

export function withParked(store: Parked, statement: StatementView): StatementView {
  const parked = store.parkedOf(statement.settlementId)
  if (parked.length === 0) return statement
  const { refund } = statement
  const never = neverBookedView(parked)
  if (never !== undefined) return { ...statement, confirmation: never, refund: refund && { ...refund, confirmation: never } }
  return {
    ...statement,
    confirmation: refusedOr(statement.confirmation, parked, 'posting'),
    refund: refund && { ...refund, confirmation: refusedOr(refund.confirmation, parked, 'correction') }
  }
}

export function rowWithParked(store: Parked, row: RecordRow): RecordRow {
  const parked = store.parkedOf(row.settlementId)
  if (parked.some(isNeverBooked)) return { ...row, confirmation: 'never-booked' }
  return unbooked(parked, 'posting') !== undefined ? { ...row, confirmation: 'parked' } : row
}

function neverBookedView(parked: readonly ParkedRow[]): ConfirmationView | undefined {
  const posting = parked.find(isNeverBooked)
  return posting && { state: 'never-booked', what: parkedWhat(posting.verdict) }
}

function refusedOr(confirmation: ConfirmationView, parked: readonly ParkedRow[], kind: ParkedRow['kind']): ConfirmationView {
  const row = unbooked(parked, kind)
  return row === undefined ? confirmation : { state: 'parked', sequence: row.sequence, what: parkedWhat(row.verdict) }
}

/** Where both sides have booked it and say different things of it, the first word stands. */
const unbooked = (parked: readonly ParkedRow[], kind: ParkedRow['kind']): ParkedRow | undefined =>
  parked.find((row) => row.kind === kind && isWaiting(row.state) && row.verdict.kind !== 'answer-differs')
