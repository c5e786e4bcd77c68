/** Editing a cell: what is typed goes to the host as it is typed, and Escape brings back what stood there. */

import { useMemo } from 'react'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import type { Cell } from './grid-store.ts'
import { cellText } from './cell-text.ts'
import type { Column, Edit } from './edit-lane.ts'
import { rowBy } from './grid-keys.ts'
import { saleEdit } from './sale-edit.ts'

export interface CellEdit {
  readonly type: (cell: Cell, text: string) => void
  /** Ends editing and goes on by so many rows. */
  readonly accept: (rows: number) => void
  /** Ends editing where it is, because the keyboard went elsewhere. */
  readonly end: () => void
  readonly cancel: (cell: Cell, before: string) => void
  readonly approve: (line: string, to: string) => void
}

export function useCellEdit(): CellEdit {
  const { bill } = useStores()
  const { grid, lane, store } = useCounter()
  return useMemo(() => {
    async function send(line: string, column: Column, text: string): Promise<void> {
      const sent = await lane.send(bill.getState().head?.sale ? ofSale(line, column, text) : { kind: 'set', line, column, text })
      if (sent.state === 'overtaken') return
      grid.setState({ refused: sent.state === 'refused' ? { line, column, refusal: sent.refusal } : null })
    }
    return {
      type: ({ line, column }, text) => {
        // Nothing typed yet is not a value: the host is asked when there is one.
        if (text.trim() !== '') void send(line, column, text.trim())
      },
      accept: (rows) => {
        const { cell } = grid.getState()
        const { order } = bill.getState()
        grid.setState({ editing: null, ...(cell !== null && { cell: rowBy({ order, cell }, rows) }) })
        store.setState({ wanted: 'grid' })
      },
      end: () => grid.setState({ editing: null }),
      cancel: ({ line, column }, before) => {
        grid.setState({ editing: null, refused: null })
        store.setState({ wanted: 'grid' })
        const now = bill.getState().lines.get(line)
        if (now !== undefined && cellText(now, column) !== before) void send(line, column, before)
      },
      approve: (line, to) => void send(line, 'approval', to)
    }
  }, [bill, grid, lane, store])
}

/** A sale looks at how much is taken and for how long; price and approval are as on every bill. */
function ofSale(line: string, column: Column, text: string): Edit {
  if (column === 'quantity') return saleEdit('sale.set-line', { line, quantity: text })
  return column === 'days' ? saleEdit('sale.set-line', { line, days: text }) : { kind: 'set', line, column, text }
}
