/** The bill that the counter shows, and no other is settled. While another is looked for in the queue, none is. */

import { useStore } from 'zustand'
import type { BillHead } from '../../stores/bill-store.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from './counter-context.tsx'

export function useShownBill(): BillHead | null {
  const head = useStore(useStores().bill, (state) => state.head)
  const isPicking = useStore(useCounter().store, ({ picking }) => picking)
  return isPicking ? null : head
}
