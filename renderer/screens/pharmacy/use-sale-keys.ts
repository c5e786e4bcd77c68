/** The keyboard among the lines of a sale. */

import type { KeyboardEvent } from 'react'
import { useStores } from '../../terminal/terminal-context.tsx'
import { cellText } from '../outpatient/bill/cell-text.ts'
import { useCounter } from '../outpatient/counter-context.tsx'
import { saleAct, type SaleAct, type Where } from './sale-keys.ts'
import { isFixed, useSale } from './use-sale.ts'

export interface SaleKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: () => void
}

export function useSaleKeys(page: () => number): SaleKeys {
  const { bill } = useStores()
  const { grid, store, actions } = useCounter()
  const { sale } = useSale()

  const where = (): Where | undefined => {
    const { order, lines } = bill.getState()
    const { cell } = grid.getState()
    const line = cell === null ? undefined : lines.get(cell.line)
    return cell === null || line === undefined ? undefined : { order, cell, line, page: page(), fixed: isFixed(bill.getState()) }
  }

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

  const removeTwice = (line: string): void => {
    if (grid.getState().leaving !== line) return grid.setState({ leaving: line })
    const { order } = bill.getState()
    const at = order.indexOf(line)
    const next = order[at + 1] ?? order[at - 1]
    grid.setState({ leaving: null, cell: next === undefined ? null : { line: next, column: 'quantity' } })
    if (next === undefined) store.setState({ wanted: 'search' })
    return void actions.removeLine(line)
  }

  return {
    onKeyDown: (event) => {
      if (grid.getState().editing !== null || event.ctrlKey || event.altKey || event.metaKey) return
      const here = where()
      const done = here === undefined ? undefined : saleAct(event.key, here)
      if (here === undefined || done === undefined) return
      event.preventDefault()
      act(done, here)
    },
    onFocus: () => {
      const { order, lines } = bill.getState()
      const last = order.at(-1)
      const { cell } = grid.getState()
      if (last !== undefined && (cell === null || !lines.has(cell.line))) grid.setState({ cell: { line: last, column: 'quantity' } })
    }
  }
}
