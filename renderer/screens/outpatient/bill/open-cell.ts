/** Where the keyboard goes when a sale is not ready: the first line that the host says waits for something. */

import type { LineView } from '../../../../electron/contract/bill-view.ts'
import type { OpenBill } from '../../../stores/bill-store.ts'
import type { Cell } from './grid-store.ts'

const isOpen = ({ sale }: LineView): boolean =>
  sale !== null && (sale.verdict.light === 'forbidden' || sale.verdict.payableQuantity !== null || sale.packs.length < sale.tracesWanted)

/** null: none waits. */
export function openCell({ order, lines }: OpenBill): Cell | null {
  const open = order.find((name) => {
    const line = lines.get(name)
    return line !== undefined && isOpen(line)
  })
  return open === undefined ? null : { line: open, column: 'quantity' }
}
