/**
 * What was found, newest first; only the rows in sight exist. The grid keeps the focus and names its active row: arrows go
 * from row to row, Enter opens, and while a settlement is open the arrows open the next one.
 */

import { useCallback, useEffect, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { RecordRow } from '../../../electron/contract/settlement-view.ts'
import { Amount } from '../../components/amount.tsx'
import { useRows } from '../../components/use-rows.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useRecords, useRecordsState } from './records-context.tsx'
import { StateMark } from './state-mark.tsx'

const COLUMNS = ['time', 'name', 'card', 'visit', 'total', 'funds', 'account', 'cash', 'state'] as const
const AMOUNTS: readonly string[] = ['total', 'funds', 'account', 'cash']

const ROW_REM = 2.25
const OVERSCAN = 6

/** How far a key goes; a page is what fits on a small screen. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -Infinity, End: Infinity }

const rowId = (settlementId: string): string => `record-${settlementId}`

interface RecordsGridProps {
  readonly rows: readonly RecordRow[]
  readonly box: RefObject<HTMLDivElement | null>
}

export function RecordsGrid({ rows, box }: RecordsGridProps): ReactNode {
  const t = useWords('records')
  const busy = useRecordsState((state) => state.busy)
  const next = useRecordsState((state) => state.next)
  const current = useRecordsState((state) => state.current)
  const at = Math.max(0, rows.findIndex(({ settlementId }) => settlementId === current))
  const active = rows[at]?.settlementId
  const keyOf = useCallback((index: number) => rows[index]?.settlementId ?? index, [rows])
  const { drawn } = useRows({ box, count: rows.length, keyOf, rowRem: ROW_REM, overscan: OVERSCAN })
  const onKeyDown = useGridKeys(rows, at)
  useEffect(() => {
    if (current !== null) drawn.scrollToIndex(at)
  }, [current, at, drawn])
  return (
    <div
      ref={box}
      className="records__grid"
      role="grid"
      tabIndex={0}
      aria-label={t('list')}
      aria-busy={busy}
      aria-rowcount={next === null ? rows.length + 1 : -1}
      aria-describedby="records-hint"
      aria-activedescendant={active === undefined ? undefined : rowId(active)}
      onKeyDown={onKeyDown}
    >
      <div className="records__rows" role="rowgroup" style={{ height: drawn.getTotalSize() }}>
        <Head />
        {drawn.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index]
          return row && <Row key={key} row={row} index={index} start={start} isActive={index === at} />
        })}
      </div>
    </div>
  )
}

function useGridKeys(rows: readonly RecordRow[], at: number): (event: KeyboardEvent) => void {
  const { store, go, open } = useRecords()
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const step = event.key === 'Enter' || event.key === ' ' ? 0 : STEPS[event.key]
    if (step === undefined) return
    const target = rows[Math.min(rows.length - 1, Math.max(0, at + step))]
    event.preventDefault()
    if (target === undefined) return
    if (step === 0 || store.getState().opened !== null) open(target.settlementId)
    else go(target.settlementId)
  }
}

function Head(): ReactNode {
  const t = useWords('records')
  return (
    <div className="records__row records__head" role="row" aria-rowindex={1}>
      {COLUMNS.map((column) => (
        <span key={column} role="columnheader" className={classOf(column)}>
          {t(column)}
        </span>
      ))}
    </div>
  )
}

const classOf = (column: (typeof COLUMNS)[number]): string => `records__${column}${AMOUNTS.includes(column) ? ' records__amount' : ''}`

interface RowProps {
  readonly row: RecordRow
  readonly index: number
  readonly start: number
  readonly isActive: boolean
}

function Row({ row, index, start, isActive }: RowProps): ReactNode {
  const { open } = useRecords()
  const isOpen = useRecordsState(({ opened }) => opened === row.settlementId)
  return (
    <div
      id={rowId(row.settlementId)}
      className={`records__row${isActive ? ' records__row--active' : ''}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => open(row.settlementId)}
    >
      <span role="gridcell" className="records__time">
        <time dateTime={row.settledAt.replace(' ', 'T')}>{row.settledAt}</time>
      </span>
      <span role="rowheader" className="records__name" title={row.name}>
        {row.name}
      </span>
      <span role="gridcell" className="records__card">
        {row.maskedCard}
      </span>
      <span role="gridcell" className="records__visit">
        {row.visitNo}
      </span>
      <Money column="total" of={row.total} />
      <Money column="funds" of={row.fundPaid} />
      <Money column="account" of={row.account} />
      <Money column="cash" of={row.cash} />
      <span role="gridcell" className="records__state">
        <StateMark state={row.state} owed={row.owedToCard} loaded={row.loadedToCard} centre={row.confirmation} />
      </span>
    </div>
  )
}

function Money({ column, of }: { readonly column: (typeof COLUMNS)[number]; readonly of: string }): ReactNode {
  return (
    <span role="gridcell" className={classOf(column)}>
      <Amount of={of} />
    </span>
  )
}
