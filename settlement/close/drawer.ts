/**
 * The cash drawer against what the counter took in and handed back. What an adjusting entry makes due or leaves over did not
 * move when it was booked: nobody stood at the counter. It is in the drawer only as far as it was collected or handed back
 * since.
 *
 *   expected = opening float + cash in - cash refunded + collected        difference = counted - expected
 */

import { fen, subtract, type Fen } from '../money/fen.ts'

export interface DrawerCount {
  readonly float: Fen
  readonly counted: Fen
  /** Of adjustments: taken from people, or handed back when negative. */
  readonly collected: Fen
}

export interface Drawer extends DrawerCount {
  readonly cashIn: Fen
  readonly cashRefunded: Fen
  readonly expected: Fen
  readonly difference: Fen
}

export function drawerOf(cash: { readonly cashIn: Fen; readonly cashRefunded: Fen }, count: DrawerCount): Drawer {
  const { cashIn, cashRefunded } = cash
  const { float, counted, collected } = count
  const expected = fen(float + cashIn - cashRefunded + collected)
  return { float, counted, collected, cashIn, cashRefunded, expected, difference: subtract(counted, expected) }
}
