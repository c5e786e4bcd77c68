/** Readings of what was handed over: packs that are sold, supplies of a person, what a place's own limits look at. */

import { date } from '../calendar/business-date.ts'
import { dayOfTime } from '../calendar/written-time.ts'
import { factAt } from './find-facts.ts'
import type { LedgerReader } from './ledger.ts'
import type { SoldPack, Supply } from './ledger-views.ts'
import type { ReadableStore, StoredSupply } from './ledger-store.ts'

export const readDispensed = (store: ReadableStore): Pick<LedgerReader, 'suppliesOf' | 'soldCodes' | 'placeUse'> => ({
  suppliesOf: (personNo, since) => store.read(() => suppliesIn(store, store.supplies(personNo, since))),
  soldCodes: (codes) => store.read(() => new Map(codes.flatMap((code) => soldPack(store, code)))),
  placeUse: (personNo, institution, day) => store.ask(() => store.placeUse(personNo, institution, day))
})

/** Lines of one bill follow each other: its hold is read once. */
function suppliesIn(store: ReadableStore, stored: readonly StoredSupply[]): Supply[] {
  const holds = new Map<number, { readonly settlementId: string; readonly where: string }>()
  return stored.map(({ hold, ...supply }) => {
    const known = holds.get(hold) ?? settlementOf(store, hold)
    holds.set(hold, known)
    return { ...supply, ...known }
  })
}

function settlementOf(store: ReadableStore, hold: number) {
  const { settlementId, visit } = factAt(store, hold, 'hold').fact
  return { settlementId, where: visit.institution }
}

function soldPack(store: ReadableStore, code: string): [string, SoldPack][] {
  const [latest] = store.soldPacks(code)
  return latest === undefined ? [] : [[code, packIn(store, latest)]]
}

export function packIn(store: ReadableStore, { hold, isSplit }: { readonly hold: number; readonly isSplit: boolean }): SoldPack {
  const { settlementId, heldAt } = factAt(store, hold, 'hold').fact
  return { settlementId, on: date(dayOfTime(heldAt)), isSplit }
}
