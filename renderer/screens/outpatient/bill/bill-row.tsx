/** One line of the bill. It looks at its own line and its own cells only. */

import { memo, useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { LineView } from '../../../../electron/contract/bill-view.ts'
import { Amount, grouped } from '../../../components/amount.tsx'
import { ClassMark } from '../../../components/class-mark.tsx'
import { Say } from '../../../components/say.tsx'
import { usePick, useWords } from '../../../i18n/use-words.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { columnAt } from './grid-keys.ts'
import type { Column } from './edit-lane.ts'
import type { Begun, Cell } from './grid-store.ts'
import { useCellEdit } from './use-cell-edit.ts'

export const cellId = ({ line, column }: Cell): string => `cell-${line}-${column}`

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

interface EditableCellProps {
  readonly line: LineView
  readonly column: Exclude<Column, 'approval'>
  readonly active: boolean
  readonly label: string
}

function EditableCell({ line, column, active, label }: EditableCellProps): ReactNode {
  const { grid, store } = useCounter()
  const editing = useStore(grid, (state) => (active ? state.editing : null))
  const refused = useStore(grid, (state) => (state.refused?.line === line.line && state.refused.column === column ? state.refused.refusal : null))
  const cell = { line: line.line, column }
  return (
    <span
      id={cellId(cell)}
      role="gridcell"
      aria-selected={active}
      className={`grid__number grid__cell${active ? ' grid__cell--active' : ''}${refused === null ? '' : ' grid__cell--refused'}`}
      onClick={() => {
        grid.setState({ cell, editing: null, leaving: null })
        store.setState({ wanted: 'grid' })
      }}
      onDoubleClick={() => grid.setState({ cell, editing: { text: line[column], marked: true }, leaving: null })}
    >
      {editing === null ? grouped(line[column]) : <CellInput cell={cell} from={editing} before={line[column]} label={label} invalid={refused !== null} />}
    </span>
  )
}

interface CellInputProps {
  readonly cell: Cell
  readonly from: Begun
  readonly before: string
  readonly label: string
  readonly invalid: boolean
}

function CellInput({ cell, from, before, label, invalid }: CellInputProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const stood = useRef(before)
  const edit = useCellEdit()
  useBegin(input, from, (text) => edit.type(cell, text))
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const rows = ROWS[event.key]
    if (rows === undefined && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (rows === undefined) edit.cancel(cell, stood.current)
    else edit.accept(rows)
  }
  return (
    <input
      ref={input}
      className="grid__input"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={invalid}
      defaultValue={from.text}
      maxLength={20}
      onInput={(event) => edit.type(cell, event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={edit.end}
    />
  )
}

/** Keys that end editing, and how many rows they go. */
const ROWS: Readonly<Record<string, number>> = { Enter: 1, ArrowDown: 1, ArrowUp: -1, Tab: 0 }

/** A digit that began it stands alone and counts already; a text that stood there is marked, so that typing replaces it. */
function useBegin(input: RefObject<HTMLInputElement | null>, { text, marked }: Begun, type: (text: string) => void): void {
  const begin = useRef(() => {
    input.current?.focus()
    if (marked) input.current?.select()
    else type(text)
  })
  useEffect(() => begin.current(), [])
}

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
