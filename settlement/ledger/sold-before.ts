/**
 * A pack is sold once. Its trace code is taken while the hold that has it is open or posted, and free again after a release or
 * a correction. Of a split pack, which says so in both sales, several may have a part.
 */

import { dayOfTime } from '../calendar/written-time.ts'
import type { DispensedPack } from './dispensed.ts'
import type { Hold } from './fact.ts'
import type { ReadableStore } from './ledger-store.ts'
import { packIn } from './read-dispensed.ts'
import type { HoldRefusal } from './refusal.ts'

type Sold = Extract<HoldRefusal, { readonly kind: 'trace-code-sold' }>

/** Asked inside the transaction that writes the hold, so of two holds with one code the second is refused. */
export function soldBefore(store: ReadableStore, hold: Hold, packs: readonly DispensedPack[]): Sold | undefined {
  const wholeByCode = new Map<string, boolean>()
  for (const { code, isSplit } of packs) {
    const isRepeated = wholeByCode.has(code) && !(isSplit && wholeByCode.get(code) === false)
    if (isRepeated) return { kind: 'trace-code-sold', code, settlementId: hold.settlementId, day: dayOfTime(hold.heldAt) }
    wholeByCode.set(code, !isSplit)
    const other = store.soldPacks(code).find((sold) => !(sold.isSplit && isSplit))
    if (other === undefined) continue
    const { settlementId, on } = packIn(store, other)
    return { kind: 'trace-code-sold', code, settlementId, day: on }
  }
  return undefined
}
