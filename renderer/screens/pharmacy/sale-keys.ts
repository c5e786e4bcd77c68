/** What a key does among the lines of a sale while no cell is edited. Numbers go into the cell, letters into the search. */

import type { LineView } from '../../../electron/contract/bill-view.ts'
import { rowBy, type Where as GridWhere } from '../outpatient/bill/grid-keys.ts'
import type { Column } from '../outpatient/bill/edit-lane.ts'
import type { Cell } from '../outpatient/bill/grid-store.ts'

export type SaleAct =
  | { readonly kind: 'go'; readonly cell: Cell }
  /** null: with the text that stands there. */
  | { readonly kind: 'edit'; readonly column: Column; readonly from: string | null }
  | { readonly kind: 'search'; readonly seed: string }
  | { readonly kind: 'why' | 'remove' | 'leave' | 'none' }

export interface Where extends GridWhere {
  /** What is left of a returned sale is settled as it is. */
  readonly fixed: boolean
}

const COLUMNS: readonly Column[] = ['price', 'quantity', 'days']

/** A pack that came back, as a line of its own. */
export const isReturned = ({ sale }: Pick<LineView, 'sale'>): boolean => (sale?.returnOf ?? null) !== null

export const columnOf = ({ column }: Cell): Column => (COLUMNS.includes(column) ? column : 'quantity')

/** undefined: the key means nothing here. */
export function saleAct(key: string, where: Where): SaleAct | undefined {
  const moved = MOVES[key]
  if (moved !== undefined) return { kind: 'go', cell: moved(where) }
  const column = columnOf(where.cell)
  switch (key) {
    case 'Delete':
      return { kind: where.fixed ? 'none' : 'remove' }
    case 'Escape':
      return { kind: 'leave' }
    case ' ':
      return { kind: 'why' }
    case 'Enter':
      return where.fixed ? { kind: 'none' } : { kind: 'edit', column, from: null }
    default:
      if (/^[\d.]$/.test(key)) return where.fixed ? { kind: 'none' } : { kind: 'edit', column, from: key }
      return /^[a-zA-Z]$/.test(key) ? { kind: 'search', seed: key } : undefined
  }
}

const MOVES: Readonly<Record<string, (where: Where) => Cell>> = {
  ArrowDown: (where) => rowBy(where, 1),
  ArrowUp: (where) => rowBy(where, -1),
  PageDown: (where) => rowBy(where, where.page),
  PageUp: (where) => rowBy(where, -where.page),
  Home: (where) => rowBy(where, -where.order.length),
  End: (where) => rowBy(where, where.order.length),
  ArrowLeft: ({ cell }) => columnBy(cell, -1),
  ArrowRight: ({ cell }) => columnBy(cell, 1)
}

function columnBy(cell: Cell, columns: number): Cell {
  const at = COLUMNS.indexOf(columnOf(cell))
  return { line: cell.line, column: COLUMNS[Math.min(COLUMNS.length - 1, Math.max(0, at + columns))] ?? 'quantity' }
}
