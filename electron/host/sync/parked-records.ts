/** Records of settlements that wait among the parked entries: what the ledger calls provisional was refused, and says why. */

import type { ParkedRow, ReadableSyncStore } from '../../../settlement/sync/sync-store.ts'
import { isWaiting } from '../../../settlement/sync/parked.ts'
import type { ConfirmationView, RecordRow, StatementView } from '../../contract/settlement-view.ts'
import { parkedWhat } from './parked-text.ts'

type Parked = Pick<ReadableSyncStore, 'parkedOf'>

export function withParked(store: Parked, statement: StatementView): StatementView {
  const parked = store.parkedOf(statement.settlementId)
  if (parked.length === 0) return statement
  const { refund } = statement
  return {
    ...statement,
    confirmation: refusedOr(statement.confirmation, parked, 'posting'),
    refund: refund && { ...refund, confirmation: refusedOr(refund.confirmation, parked, 'correction') }
  }
}

export function rowWithParked(store: Parked, row: RecordRow): RecordRow {
  const isParked = row.confirmation === 'provisional' && waiting(store.parkedOf(row.settlementId), 'posting') !== undefined
  return isParked ? { ...row, confirmation: 'parked' } : row
}

function refusedOr(confirmation: ConfirmationView, parked: readonly ParkedRow[], kind: ParkedRow['kind']): ConfirmationView {
  const row = confirmation.state === 'provisional' ? waiting(parked, kind) : undefined
  return row === undefined ? confirmation : { state: 'parked', sequence: row.sequence, what: parkedWhat(row.verdict) }
}

const waiting = (parked: readonly ParkedRow[], kind: ParkedRow['kind']): ParkedRow | undefined =>
  parked.find((row) => row.kind === kind && isWaiting(row.state))
