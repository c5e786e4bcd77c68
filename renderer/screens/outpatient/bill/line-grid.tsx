/**
 * Lines, of a visit or of a sale: 500 scroll and edit like ten, because only the rows in sight exist and a row is drawn again
 * only when its own line changed. The grid keeps the focus and names the active cell; an input stands only in a cell that is
 * edited.
 */

import { useCallback, useEffect, useRef, type ComponentType, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { LineView } from '../../../../electron/contract/bill-view.ts'
import { useRows } from '../../../components/use-rows.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { useWish } from '../use-wish.ts'
import type { Column } from './edit-lane.ts'
import { cellId } from './editable-cell.tsx'
import type { Cell } from './grid-store.ts'
import type { GridKeys } from './use-grid-keys.ts'

const OVERSCAN = 4

export interface LineRowProps {
  readonly line: string
  readonly index: number
  /** Place from the top, px. */
  readonly start: number
}

export interface Heading {
  readonly text: string
  readonly className?: string
}

interface LineGridProps {
  readonly label: string
  readonly headings: readonly Heading[]
  /** Height of a row in rem, as the style sheet has it. */
  readonly rowRem: number
  readonly row: ComponentType<LineRowProps>
  /** Column in which a cell of the line is entered. */
  readonly columnOf: (cell: Cell, line: LineView) => Column
  readonly keys: GridKeys
  /** Whose own classes stand beside those of the grid. */
  readonly block?: string
}

export function LineGrid({ label, headings, rowRem, row: Row, columnOf, keys, block }: LineGridProps): ReactNode {
  const { bill } = useStores()
  const { grid } = useCounter()
  const order = useStore(bill, (state) => state.order)
  const cell = useStore(grid, (state) => state.cell)
  const active = useStore(bill, ({ lines }) => {
    const line = cell === null ? undefined : lines.get(cell.line)
    return cell === null || line === undefined ? undefined : cellId({ line: cell.line, column: columnOf(cell, line) })
  })
  const box = useRef<HTMLDivElement>(null)
  const keyOf = useCallback((index: number) => order[index] ?? index, [order])
  const { drawn, page } = useRows({ box, count: order.length, keyOf, rowRem, overscan: OVERSCAN })
  const classes = (base: string, part: string): string => (block === undefined ? base : `${base} ${block}__${part}`)
  useWish('grid', box)
  useEffect(() => {
    const index = cell === null ? -1 : order.indexOf(cell.line)
    if (index !== -1) drawn.scrollToIndex(index)
  }, [cell, order, drawn])

  return (
    <div
      ref={box}
      className={classes('grid', 'grid')}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={order.length + 1}
      aria-colcount={headings.length}
      aria-activedescendant={active}
      onKeyDown={(event) => keys.onKeyDown(event, page())}
      onFocus={keys.onFocus}
    >
      <div className={classes('grid__rows', 'rows')} role="rowgroup" style={{ height: drawn.getTotalSize() }}>
        <div className={classes('grid__row grid__head', 'head')} role="row" aria-rowindex={1}>
          {headings.map(({ text, className }) => (
            <span key={text} role="columnheader" className={className}>
              {text}
            </span>
          ))}
        </div>
        {drawn.getVirtualItems().map(({ key, index, start }) => (
          <Row key={key} line={order[index] ?? ''} index={index} start={start} />
        ))}
      </div>
    </div>
  )
}
