/** A visit as the ledger has it: settled, taken back, or held and not closed. A released hold was no settlement. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { owedToCard } from '../../../settlement/case/refund-settlement.ts'
import type { LedgerReader, Recorded, SettlementState as Settled } from '../../../settlement/ledger/ledger.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { ZERO, type Fen } from '../../../settlement/money/fen.ts'
import type { SettlementState } from '../../contract/settlement-view.ts'

export interface RecordedVisit {
  readonly hold: Recorded<'hold'>
  readonly posting: Recorded<'posting'> | undefined
  readonly correction: Recorded<'correction'> | undefined
  /** undefined while it is in doubt. */
  readonly settled: Settled | undefined
}

/** A settlement as a record: of a hold nobody has closed `heldVisit`. */
export const settledVisit = (settled: Settled): RecordedVisit => ({
  hold: settled.hold,
  posting: settled.posting,
  correction: settled.correction,
  settled
})

export const heldVisit = (hold: Recorded<'hold'>): RecordedVisit => ({
  hold,
  posting: undefined,
  correction: undefined,
  settled: undefined
})

export type RecordRefusal =
  | { readonly kind: 'settlement-unknown'; readonly settlementId: string }
  | { readonly kind: 'settlement-released'; readonly settlementId: string }
  | StoreFailure

export function recordedVisit(ledger: LedgerReader, settlementId: string): Result<RecordedVisit, RecordRefusal> {
  const settled = ledger.settlement(settlementId)
  if (!settled.ok) return settled
  if (settled.value !== undefined) return ok(settledVisit(settled.value))
  const held = ledger.holdState(settlementId)
  if (!held.ok) return held
  if (held.value === undefined) return refuse({ kind: 'settlement-unknown', settlementId })
  const { hold, closing } = held.value
  return closing === undefined
    ? ok(heldVisit(hold))
    : refuse({ kind: 'settlement-released', settlementId })
}

export function stateOf({ posting, correction }: RecordedVisit): SettlementState {
  if (posting === undefined) return 'in-doubt'
  return correction === undefined ? 'settled' : 'refunded'
}

export const owedOf = ({ settled }: RecordedVisit): Fen => (settled === undefined ? ZERO : owedToCard(settled))
