/** The keyboard among the lines of a sale. It begins in the line that was scanned last. */

import { useStores } from '../../terminal/terminal-context.tsx'
import { cellText } from '../outpatient/bill/cell-text.ts'
import type { Where } from '../outpatient/bill/grid-keys.ts'
import { useGridKeys, useRemoveTwice, type GridKeys } from '../outpatient/bill/use-grid-keys.ts'
import { useCounter } from '../outpatient/counter-context.tsx'
import { saleAct, type SaleAct } from './sale-keys.ts'
import { isFixed, useSale } from './use-sale.ts'

export function useSaleKeys(): GridKeys {
  const { bill } = useStores()
  const { grid, store } = useCounter()
  const { sale } = useSale()
  const removeTwice = useRemoveTwice(() => store.setState({ wanted: 'search' }))

  const act = (done: SaleAct, { line }: Where): void => {
    switch (done.kind) {
      case 'go':
        if (done.cell.line !== line.line) sale.setState({ below: 'reasons' })
        return grid.setState({ cell: done.cell, leaving: null })
      case 'edit': {
        const { column, from } = done
        return grid.setState({ cell: { line: line.line, column }, editing: { text: from ?? cellText(line, column), marked: from === null }, leaving: null })
      }
      case 'search':
        sale.setState(({ seed }) => ({ seed: seed + done.seed }))
        return store.setState({ wanted: 'search' })
      case 'why':
        return sale.setState(({ whyOpen, below }) => ({ below: 'reasons', whyOpen: below !== 'reasons' || !whyOpen }))
      case 'remove':
        return removeTwice(line.line)
      case 'leave':
        grid.setState({ leaving: null })
        return store.setState({ wanted: 'action' })
      case 'none':
        return undefined
    }
  }

  return useGridKeys({ start: (order) => order.at(-1), actOf: (key, where) => saleAct(key, { ...where, fixed: isFixed(bill.getState()) }), act })
}
