/** The lines of the bill. */

import type { ReactNode } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { useCounter } from '../counter-context.tsx'
import { BillRow } from './bill-row.tsx'
import { cellText } from './cell-text.ts'
import { columnAt, gridAct, type GridAct, type Where } from './grid-keys.ts'
import { LineGrid } from './line-grid.tsx'
import { useCellEdit } from './use-cell-edit.ts'
import { useGridKeys, useRemoveTwice, type GridKeys } from './use-grid-keys.ts'

/** A row is two lines of text. */
const ROW_REM = 2.75

export function BillGrid(): ReactNode {
  const t = useWords('outpatient')
  const keys = useBillKeys()
  const headings = [
    { text: t('col-number') },
    { text: t('col-item') },
    { text: t('col-class') },
    { text: t('col-price'), className: 'grid__number' },
    { text: t('col-quantity'), className: 'grid__number' },
    { text: t('col-amount'), className: 'grid__number' },
    { text: t('col-reasons') }
  ]
  return <LineGrid label={t('lines')} headings={headings} rowRem={ROW_REM} row={BillRow} columnOf={columnAt} keys={keys} />
}

function useBillKeys(): GridKeys {
  const { grid, store } = useCounter()
  const { approve } = useCellEdit()
  const removeTwice = useRemoveTwice()

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

  return useGridKeys({ start: ([first]) => first, actOf: gridAct, act })
}
