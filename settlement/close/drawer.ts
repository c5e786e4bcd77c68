/**
 * The cash drawer against the ledger. What an adjusting entry makes due or leaves over did not move when it was booked:
 * nobody stood at the counter. It is counted in the drawer only as far as it was collected or handed back since.
 *
 *   expected = opening float + cash in - cash refunded + collected        difference = counted - expected
 */

import { fen, subtract, type Fen } from '../money/fen.ts'

export interface DrawerCount {
  readonly openingFloat: Fen
  readonly counted: Fen
  /** Of adjustments: taken from people, or handed back when negative. */
  readonly collected: Fen
  /** Why the drawer differs; empty where it does not. */
  readonly reason: string
}

export interface Drawer extends DrawerCount {
  readonly cashIn: Fen
  readonly cashRefunded: Fen
  readonly expected: Fen
  readonly difference: Fen
}

export function drawerOf(cash: { readonly cashIn: Fen; readonly cashRefunded: Fen }, count: DrawerCount): Drawer {
  const { cashIn, cashRefunded } = cash
  const expected = fen(count.openingFloat + cashIn - cashRefunded + count.collected)
  return { ...count, cashIn, cashRefunded, expected, difference: subtract(count.counted, expected) }
}
