/**
 * The lines of the sale: the keyboard rests here, because scanners type without a field and numbers go into the line that was
 * scanned last. 500 lines scroll like ten: only the rows in sight exist.
 */

import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../i18n/use-words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useRem } from '../outpatient/bill/bill-grid.tsx'
import { cellId } from '../outpatient/bill/editable-cell.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { useWish } from '../outpatient/use-wish.ts'
import { columnOf } from './sale-keys.ts'
import { SaleRow } from './sale-row.tsx'
import { useSaleKeys } from './use-sale-keys.ts'

/** Heights in rem, as the style sheet has them. */
const ROW_REM = 3.375
const HEAD_REM = 2
const OVERSCAN = 4

export function SaleGrid(): ReactNode {
  const t = useWords('pharmacy')
  const { bill } = useStores()
  const { grid } = useCounter()
  const order = useStore(bill, (state) => state.order)
  const cell = useStore(grid, (state) => state.cell)
  const active = useStore(bill, ({ lines }) => (cell !== null && lines.has(cell.line) ? cellId({ line: cell.line, column: columnOf(cell) }) : undefined))
  const box = useRef<HTMLDivElement>(null)
  const rem = useRem()
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
  const keys = useSaleKeys(() => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / (ROW_REM * rem)) - 2))
  useWish('grid', box)
  useEffect(() => {
    const index = cell === null ? -1 : order.indexOf(cell.line)
    if (index !== -1) rows.scrollToIndex(index)
  }, [cell, order, rows])

  return (
    <div
      ref={box}
      className="grid sale__grid"
      role="grid"
      tabIndex={0}
      aria-label={t('lines')}
      aria-rowcount={order.length + 1}
      aria-colcount={9}
      aria-activedescendant={active}
      onKeyDown={keys.onKeyDown}
      onFocus={keys.onFocus}
    >
      <div className="grid__rows sale__rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
        <Head />
        {rows.getVirtualItems().map(({ key, index, start }) => (
          <SaleRow key={key} line={order[index] ?? ''} index={index} start={start} />
        ))}
      </div>
    </div>
  )
}

function Head(): ReactNode {
  const t = useWords('outpatient')
  const p = useWords('pharmacy')
  return (
    <div className="grid__row grid__head sale__head" role="row" aria-rowindex={1}>
      <span role="columnheader">{p('col-light')}</span>
      <span role="columnheader">{p('col-drug')}</span>
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
      <span role="columnheader" className="grid__number">
        {p('col-days')}
      </span>
      <span role="columnheader" className="sale__packs">
        {p('col-packs')}
      </span>
      <span role="columnheader" className="unseen">
        {p('col-why')}
      </span>
    </div>
  )
}
