/**
 * What of a settlement counts in the end, and what its card has to get back. Amounts of record replace the posted ones,
 * unless the settlement had been taken back before they were known: then there was nothing left to adjust.
 */

import { greatest, least, subtract, sum, ZERO, type Fen } from '../money/fen.ts'
import type { Hold } from './fact.ts'
import type { Recorded, SettlementState } from './ledger.ts'
import type { Effective, LoadState, OwedToCard } from './ledger-views.ts'

export interface Settling {
  readonly hold: Recorded<'hold'>
  readonly correction: Recorded<'correction'> | undefined
  /** Of the posting. */
  readonly confirmation: Recorded<'confirmation'> | undefined
}

export function isAdjusted({ correction, confirmation }: Settling): boolean {
  if (confirmation?.fact.ofRecord === undefined) return false
  return correction === undefined || confirmation.sequence < correction.sequence
}

export function effectiveOf(settling: Settling): Effective {
  const ofRecord = isAdjusted(settling) ? settling.confirmation?.fact.ofRecord : undefined
  const { amounts, counters } = ofRecord ?? settling.hold.fact
  return { amounts, counters }
}

/** What the card debited and the account should not have paid, before any load. */
export function debtOf(settling: Settling): Fen {
  const debited = settling.hold.fact.intent.amounts.account
  if (settling.correction !== undefined) return debited
  return isAdjusted(settling) ? greatest(ZERO, subtract(debited, keptOf(settling.hold.fact, effectiveOf(settling)))) : ZERO
}

/** Of the account part, what this card's purse should have paid; the rest of it is paid at the centre. */
const keptOf = (hold: Hold, { amounts }: Effective): Fen =>
  least(hold.intent.amounts.account, subtract(amounts.account, amounts.mutualAid))

/** A posted settlement as it stands once `correction` is written behind it. */
export function takenBack(state: SettlementState, correction: Recorded<'correction'>): SettlementState {
  const { held, loaded } = state.owed
  return { ...state, correction, owed: restOf(debtOf({ ...state, correction }), { held, loaded }) }
}

export function owedOf(settling: Settling, loads: readonly LoadState[]): OwedToCard {
  const loaded = amountOf(loads.filter(({ closing }) => closing?.fact.kind === 'load-posting'))
  const held = amountOf(loads.filter(({ closing }) => closing === undefined))
  return restOf(debtOf(settling), { held, loaded })
}

const restOf = (debt: Fen, { held, loaded }: Omit<OwedToCard, 'owed'>): OwedToCard => ({
  owed: greatest(ZERO, subtract(subtract(debt, loaded), held)),
  held,
  loaded
})

const amountOf = (loads: readonly LoadState[]): Fen => sum(loads.map(({ hold }) => hold.fact.intent.amount))
