/** One line of the bill. It looks at its own line and its own cells only. */

import { memo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { LineView } from '../../../../electron/contract/bill-view.ts'
import { Amount } from '../../../components/amount.tsx'
import { ClassMark } from '../../../components/class-mark.tsx'
import { Say } from '../../../components/say.tsx'
import { usePick, useWords } from '../../../i18n/use-words.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { columnAt } from './grid-keys.ts'
import { cellId, EditableCell } from './editable-cell.tsx'
import type { Cell } from './grid-store.ts'
import { useCellEdit } from './use-cell-edit.ts'

interface BillRowProps {
  readonly line: string
  readonly index: number
  readonly start: number
}

export const BillRow = memo(function BillRow({ line: name, index, start }: BillRowProps): ReactNode {
  const t = useWords('outpatient')
  const { bill } = useStores()
  const { grid } = useCounter()
  const line = useStore(bill, (state) => state.lines.get(name))
  const active = useStore(grid, ({ cell }) => (cell?.line === name && line !== undefined ? columnAt(cell, line) : null))
  const leaving = useStore(grid, (state) => state.leaving === name)
  if (line === undefined) return null
  return (
    <div
      className={`grid__row${active === null ? '' : ' grid__row--active'}${leaving ? ' grid__row--leaving' : ''}`}
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span role="rowheader" className="grid__index">
        {index + 1}
      </span>
      <span role="gridcell" className="grid__item">
        <span className="grid__name" title={line.name}>
          {line.name}
        </span>
        <span className="grid__code">{leaving ? t('remove-again') : line.code}</span>
      </span>
      <span role="gridcell">
        <ClassMark of={line.chargeClass} />
      </span>
      <EditableCell line={line} column="price" active={active === 'price'} label={t('col-price')} />
      <EditableCell line={line} column="quantity" active={active === 'quantity'} label={t('col-quantity')} />
      <span role="gridcell" className="grid__number grid__amount">
        <Amount of={line.amount} />
      </span>
      <Reasons line={line} active={active === 'approval'} />
    </div>
  )
})

function Reasons({ line, active }: { readonly line: LineView; readonly active: boolean }): ReactNode {
  const t = useWords('outpatient')
  const { grid, store } = useCounter()
  const { approve } = useCellEdit()
  const pick = usePick()
  const cell: Cell = { line: line.line, column: 'approval' }
  const take = (): void => {
    grid.setState({ cell, editing: null, leaving: null })
    approve(line.line, line.approval === '1' ? '2' : '1')
    store.setState({ wanted: 'grid' })
  }
  return (
    <span id={cellId(cell)} role="gridcell" aria-selected={active} className={`grid__reasons${active ? ' grid__cell--active' : ''}`}>
      {line.isRestricted && (
        <button type="button" tabIndex={-1} className={`approval approval--${line.approval}`} onClick={take}>
          {t(`approval-${line.approval}`)}
        </button>
      )}
      <span className="grid__why" title={line.reasons.map(pick).join(' \u00b7 ')}>
        {line.reasons.map((reason) => (
          <span key={reason.zh}>
            <Say text={reason} />
          </span>
        ))}
      </span>
    </span>
  )
}
