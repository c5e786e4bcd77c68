/** The sale as its parts use it: what the screen knows, and what can be done. */

import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { invariant } from '../../../base/invariant.ts'
import type { LineView } from '../../../electron/contract/bill-view.ts'
import type { OpenBill } from '../../stores/bill-store.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import type { SaleActions } from './sale-actions.ts'
import type { SaleStore } from './sale-store.ts'

export interface Sale {
  readonly sale: SaleStore
  readonly actions: SaleActions
}

export const SaleContext = createContext<Sale | null>(null)

export function useSale(): Sale {
  const sale = use(SaleContext)
  invariant(sale !== null, 'a part of the sale stands outside its screen')
  return sale
}

/** What is left of a sale when packs came back is settled as it is. */
export const isFixed = ({ head }: OpenBill): boolean => (head?.sale?.returnOf ?? null) !== null

/** Line on which the keyboard is, or the last one. */
export function useSelectedLine(): LineView | null {
  const { grid } = useCounter()
  const named = useStore(grid, ({ cell }) => cell?.line ?? null)
  return useStore(useStores().bill, ({ lines, order }) => lines.get(named ?? '') ?? lines.get(order.at(-1) ?? '') ?? null)
}

/** The settlement in which a pack of the line was sold before. */
export const soldIn = (line: LineView | null): string | null => line?.sale?.verdict.reasons.find(({ settlementId }) => settlementId !== null)?.settlementId ?? null
