/**
 * What of a settlement counts in the end, and what its card has to get back. Amounts of record replace the posted ones,
 * unless the settlement had been taken back before they were known: then there was nothing left to adjust.
 */

import { greatest, least, subtract, sum, ZERO, type Fen } from '../money/fen.ts'
import type { Hold } from './fact.ts'
import type { Recorded } from './ledger.ts'
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

export function owedOf(settling: Settling, loads: readonly LoadState[]): OwedToCard {
  const loaded = amountOf(loads.filter(({ closing }) => closing?.fact.kind === 'load-posting'))
  const held = amountOf(loads.filter(({ closing }) => closing === undefined))
  return { owed: greatest(ZERO, subtract(subtract(debtOf(settling), loaded), held)), held, loaded }
}

const amountOf = (loads: readonly LoadState[]): Fen => sum(loads.map(({ hold }) => hold.fact.intent.amount))
