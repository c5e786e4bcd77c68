/** What a key does in the bill while no cell is edited. */

import type { LineView } from '../../../../electron/contract/bill-view.ts'
import type { Column } from './edit-lane.ts'
import type { Cell } from './grid-store.ts'

export type GridAct =
  | { readonly kind: 'go'; readonly cell: Cell }
  /** null: with the text that stands there. */
  | { readonly kind: 'edit'; readonly from: string | null }
  | { readonly kind: 'approve'; readonly to: LineView['approval'] }
  | { readonly kind: 'remove' }
  | { readonly kind: 'leave' }

export interface Where {
  readonly order: readonly string[]
  readonly cell: Cell
  readonly line: LineView
  /** Rows of one page. */
  readonly page: number
}

const NEXT_APPROVAL: Readonly<Record<LineView['approval'], LineView['approval']>> = { '0': '1', '1': '2', '2': '0' }

export const columnsOf = ({ isRestricted }: LineView): readonly Column[] => (isRestricted ? ['price', 'quantity', 'approval'] : ['price', 'quantity'])

/** A line that has no such column is entered by its quantity; the column is kept for the lines after it. */
export const columnAt = ({ column }: Cell, line: LineView): Column => (columnsOf(line).includes(column) ? column : 'quantity')

/** undefined: the key means nothing here. */
export function gridAct(key: string, where: Where): GridAct | undefined {
  const { line } = where
  const column = columnAt(where.cell, line)
  switch (key) {
    case 'ArrowDown':
      return { kind: 'go', cell: rowBy(where, 1) }
    case 'ArrowUp':
      return { kind: 'go', cell: rowBy(where, -1) }
    case 'PageDown':
      return { kind: 'go', cell: rowBy(where, where.page) }
    case 'PageUp':
      return { kind: 'go', cell: rowBy(where, -where.page) }
    case 'Home':
      return { kind: 'go', cell: rowBy(where, -where.order.length) }
    case 'End':
      return { kind: 'go', cell: rowBy(where, where.order.length) }
    case 'ArrowLeft':
      return { kind: 'go', cell: columnBy(where, -1) }
    case 'ArrowRight':
      return { kind: 'go', cell: columnBy(where, 1) }
    case 'Delete':
      return { kind: 'remove' }
    case 'Escape':
      return { kind: 'leave' }
    case 'Enter':
    case ' ':
      return column === 'approval' ? { kind: 'approve', to: NEXT_APPROVAL[line.approval] } : { kind: 'edit', from: null }
    default:
      return column !== 'approval' && /^[\d.-]$/.test(key) ? { kind: 'edit', from: key } : undefined
  }
}

export function rowBy({ order, cell }: Pick<Where, 'order' | 'cell'>, rows: number): Cell {
  const at = Math.max(0, order.indexOf(cell.line))
  const line = order[Math.min(order.length - 1, Math.max(0, at + rows))] ?? cell.line
  return { line, column: cell.column }
}

function columnBy({ cell, line }: Where, columns: number): Cell {
  const known = columnsOf(line)
  const at = known.indexOf(columnAt(cell, line))
  return { line: cell.line, column: known[Math.min(known.length - 1, Math.max(0, at + columns))] ?? cell.column }
}
