/**
 * The lines of the bill: 500 scroll and edit like ten, because only the rows in sight exist and a row is drawn again only
 * when its own line changed. The grid keeps the focus and names the active cell; an input stands only in a cell that is edited.
 */

import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { LineView } from '../../../../electron/contract/bill-view.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { useWish } from '../use-wish.ts'
import { BillRow } from './bill-row.tsx'
import { cellText } from './cell-text.ts'
import { cellId } from './editable-cell.tsx'
import { columnAt, gridAct, type GridAct, type Where } from './grid-keys.ts'
import type { Cell } from './grid-store.ts'
import { useCellEdit } from './use-cell-edit.ts'

/** Heights in rem, as the style sheet has them: a row is two lines of text. */
const ROW_REM = 2.75
const HEAD_REM = 2
const OVERSCAN = 4

/** Type that a person has made larger makes the rows larger too. */
export function useRem(): number {
  const [rem] = useState(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16)
  return rem
}

export function BillGrid(): ReactNode {
  const t = useWords('outpatient')
  const { bill } = useStores()
  const { grid } = useCounter()
  const order = useStore(bill, (state) => state.order)
  const cell = useStore(grid, (state) => state.cell)
  const active = useStore(bill, ({ lines }) => activeId(cell, lines))
  const box = useRef<HTMLDivElement>(null)
  const rem = useRem()
  // A new function would have the places of all rows computed again.
  const getItemKey = useCallback((index: number) => order[index] ?? index, [order])
  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_REM * rem,
    getItemKey,
    paddingStart: HEAD_REM * rem,
    scrollPaddingStart: HEAD_REM * rem,
    overscan: OVERSCAN,
    useFlushSync: false
  })
  const keys = useGridKeys(() => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / (ROW_REM * rem)) - 2))
  useWish('grid', box)
  useEffect(() => {
    const index = cell === null ? -1 : order.indexOf(cell.line)
    if (index !== -1) rows.scrollToIndex(index)
  }, [cell, order, rows])

  return (
    <div
      ref={box}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={t('lines')}
      aria-rowcount={order.length + 1}
      aria-colcount={7}
      aria-activedescendant={active}
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
    >
      <div className="grid__rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
        <GridHead />
        {rows.getVirtualItems().map(({ key, index, start }) => (
          <BillRow key={key} line={order[index] ?? ''} index={index} start={start} />
        ))}
      </div>
    </div>
  )
}

function activeId(cell: Cell | null, lines: ReadonlyMap<string, LineView>): string | undefined {
  const line = cell === null ? undefined : lines.get(cell.line)
  return cell === null || line === undefined ? undefined : cellId({ line: cell.line, column: columnAt(cell, line) })
}

function GridHead(): ReactNode {
  const t = useWords('outpatient')
  return (
    <div className="grid__row grid__head" role="row" aria-rowindex={1}>
      <span role="columnheader">{t('col-number')}</span>
      <span role="columnheader">{t('col-item')}</span>
      <span role="columnheader">{t('col-class')}</span>
      <span role="columnheader" className="grid__number">
        {t('col-price')}
      </span>
      <span role="columnheader" className="grid__number">
        {t('col-quantity')}
      </span>
      <span role="columnheader" className="grid__number">
        {t('col-amount')}
      </span>
      <span role="columnheader">{t('col-reasons')}</span>
    </div>
  )
}

interface GridKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: () => void
}

function useGridKeys(page: () => number): GridKeys {
  const { bill } = useStores()
  const { grid, store, actions } = useCounter()
  const { approve } = useCellEdit()

  const where = (): Where | undefined => {
    const { order, lines } = bill.getState()
    const { cell } = grid.getState()
    const line = cell === null ? undefined : lines.get(cell.line)
    return cell === null || line === undefined ? undefined : { order, cell, line, page: page() }
  }

  const act = (done: GridAct, { cell, line }: Where): void => {
    switch (done.kind) {
      case 'go':
        return grid.setState({ cell: done.cell, leaving: null })
      case 'edit':
        return grid.setState({ cell: { line: cell.line, column: columnAt(cell, line) }, editing: { text: done.from ?? cellText(line, columnAt(cell, line)), marked: done.from === null }, leaving: null })
      case 'approve':
        return approve(line.line, done.to)
      case 'remove':
        return removeTwice(line.line)
      case 'leave':
        grid.setState({ leaving: null })
        return store.setState({ wanted: 'action' })
    }
  }

  const removeTwice = (line: string): void => {
    if (grid.getState().leaving !== line) return grid.setState({ leaving: line })
    const { order } = bill.getState()
    const at = order.indexOf(line)
    const next = order[at + 1] ?? order[at - 1]
    grid.setState({ leaving: null, cell: next === undefined ? null : { line: next, column: 'quantity' } })
    return void actions.removeLine(line)
  }

  return {
    onKeyDown: (event) => {
      if (grid.getState().editing !== null || event.ctrlKey || event.altKey || event.metaKey) return
      const here = where()
      const done = here === undefined ? undefined : gridAct(event.key, here)
      if (here === undefined || done === undefined) return
      event.preventDefault()
      act(done, here)
    },
    onFocus: () => {
      const [first] = bill.getState().order
      const { cell } = grid.getState()
      if (first !== undefined && (cell === null || !bill.getState().lines.has(cell.line))) grid.setState({ cell: { line: first, column: 'quantity' } })
    }
  }
}
