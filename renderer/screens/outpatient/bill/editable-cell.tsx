/** One cell that is edited where it stands. The grid keeps the focus; an input stands here only while somebody types. */

import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { LineView } from '../../../../electron/contract/bill-view.ts'
import { grouped } from '../../../components/amount.tsx'
import { useCounter } from '../counter-context.tsx'
import { cellText } from './cell-text.ts'
import type { Column } from './edit-lane.ts'
import type { Begun, Cell } from './grid-store.ts'
import { useCellEdit } from './use-cell-edit.ts'

export const cellId = ({ line, column }: Cell): string => `cell-${line}-${column}`

interface EditableCellProps {
  readonly line: LineView
  readonly column: Exclude<Column, 'approval'>
  readonly active: boolean
  readonly label: string
}

export function EditableCell({ line, column, active, label }: EditableCellProps): ReactNode {
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
      onDoubleClick={() => grid.setState({ cell, editing: { text: cellText(line, column), marked: true }, leaving: null })}
    >
      {editing === null ? shown(cellText(line, column)) : <CellInput cell={cell} from={editing} before={cellText(line, column)} label={label} invalid={refused !== null} />}
    </span>
  )
}

/** What is not known is a dash. */
const shown = (text: string): string => (text === '' ? '\u2013' : grouped(text))

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
