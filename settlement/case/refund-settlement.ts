/**
 * Taking back a whole settlement. One fact, the correction, whose number is made before it is written: every amount counts
 * once more with the opposite sign, and what the settlement had used of the year comes back. The visit itself stays settled;
 * whoever wants it settled otherwise does so under a new visit number.
 *
 *   cash      handed back at the counter, now
 *   fund      not claimed from the funds any more
 *   account   taken from the chip's purse: only a load that the centre signs can put it back, so it is owed until then
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Ledger, LedgerReader, Recorded, SettlementState } from '../ledger/ledger.ts'
import { takenBack } from '../ledger/effective.ts'
import type { CorrectRefusal, CounterOutOfRange, IdConflict, StoreFailure } from '../ledger/refusal.ts'
import { add, least, subtract, type Fen } from '../money/fen.ts'
import { madeNumber } from './made-number.ts'

export const REASON_LENGTH_MAX = 200

export interface RefundRequest {
  readonly settlementId: string
  readonly reason: string
  /** 14 digits YYYYMMDDhhmmss. */
  readonly time: string
  /** As enrolled with a centre; its digits go into the refund's number. */
  readonly terminal?: string | undefined
}

export interface Due {
  readonly cash: Fen
  readonly fund: Fen
  /** Of accounts that no chip holds, the donors' among them: goes back at the centre. */
  readonly atCentre: Fen
  readonly owedToCard: Fen
}

export interface Refund {
  readonly correction: Recorded<'correction'>
  readonly due: Due
}

export type RefundRefusal =
  /** Empty, too long, or with control characters. Length in characters. */
  | { readonly kind: 'reason-invalid'; readonly length: number; readonly lengthMax: number }
  | { readonly kind: 'settlement-unknown'; readonly settlementId: string }
  /** Nobody knows yet whether there is anything to give back. */
  | { readonly kind: 'settlement-in-doubt'; readonly settlementId: string }
  /** The attempt was closed without a charge. */
  | { readonly kind: 'settlement-released'; readonly settlementId: string }
  | { readonly kind: 'already-refunded'; readonly settlementId: string; readonly correctionId: string }
  | IdConflict
  | CounterOutOfRange
  | StoreFailure

export function refundSettlement(ledger: Ledger, { settlementId, reason, time, terminal }: RefundRequest): Result<Refund, RefundRefusal> {
  const words = reason.trim()
  if (!isReason(words)) return refuse({ kind: 'reason-invalid', length: words.length, lengthMax: REASON_LENGTH_MAX })
  const unposted = whyNotPosted(ledger, settlementId)
  if (unposted !== undefined) return refuse(unposted)
  const settled = ledger.settlement(settlementId)
  if (!settled.ok) return settled
  if (settled.value === undefined) return refuse({ kind: 'settlement-unknown', settlementId })
  const head = ledger.head()
  if (!head.ok) return head
  const correctionId = madeNumber(settled.value.hold.fact.visit.institution, time, head.value.sequence, terminal)
  const corrected = ledger.correct({ correctionId, settlementId, reason: words, correctedAt: time })
  if (!corrected.ok) return refuse(refundRefusal(corrected.error))
  // Not read back: it is durable, and whoever reads it may fail.
  return ok({ correction: corrected.value.recorded, due: dueOf(takenBack(settled.value, corrected.value.recorded)) })
}

const isReason = (words: string): boolean => words !== '' && words.length <= REASON_LENGTH_MAX && !/\p{Cc}/u.test(words)

function whyNotPosted(ledger: LedgerReader, settlementId: string): RefundRefusal | undefined {
  const state = ledger.holdState(settlementId)
  if (!state.ok) return state.error
  if (state.value === undefined) return { kind: 'settlement-unknown', settlementId }
  const { closing } = state.value
  if (closing === undefined) return { kind: 'settlement-in-doubt', settlementId }
  return closing.fact.kind === 'release' ? { kind: 'settlement-released', settlementId } : undefined
}

const refundRefusal = (refusal: CorrectRefusal): RefundRefusal =>
  refusal.kind === 'already-corrected'
    ? { kind: 'already-refunded', settlementId: refusal.settlementId, correctionId: refusal.correctionId }
    : refusal

/** Of what is effective: what the centre had adjusted before the refund goes back as adjusted. */
export function dueOf(state: SettlementState): Due {
  const { intent } = state.hold.fact
  const { amounts } = state.effective
  const fromPurse = least(intent.amounts.account, subtract(amounts.account, amounts.mutualAid))
  return { cash: amounts.cash, fund: amounts.fundPaid, atCentre: subtract(amounts.account, fromPurse), owedToCard: owedToCard(state) }
}

/**
 * What a card has yet to get back of a refund or an adjustment, a load in doubt included. An account at the centre was not
 * debited on the card.
 */
export const owedToCard = ({ owed }: SettlementState): Fen => add(owed.owed, owed.held)
