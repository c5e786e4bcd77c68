/** Whether a hold or a load of the ledger waits for this card's proof; undefined: the ledger cannot be asked. */

import type { LedgerReader } from '../../settlement/ledger/ledger.ts'

export function openOnCard(ledger: Pick<LedgerReader, 'openHolds' | 'openLoads'>, cardId: string): boolean | undefined {
  const [holds, loads] = [ledger.openHolds(), ledger.openLoads()]
  const isOpen =
    (holds.ok && holds.value.some(({ fact }) => fact.intent.cardId === cardId)) || (loads.ok && loads.value.some(({ hold }) => hold.fact.intent.cardId === cardId))
  if (isOpen) return true
  return holds.ok && loads.ok ? false : undefined
}
