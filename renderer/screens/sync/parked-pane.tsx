/**
 * What the centre sent back. Each waits for a person and holds up nobody else: why, whose turn it is, what to do. Arrows
 * choose, the keys act on the chosen one.
 */

import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { ParkedRow } from '../../../electron/contract/sync-view.ts'
import { Amount } from '../../components/amount.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { kept } from '../../stores/kept.ts'
import { ParkedDetail } from './parked-detail.tsx'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }

const useChosen = kept<number | null>(null)

export function ParkedPane({ rows }: { readonly rows: readonly ParkedRow[] }): ReactNode {
  const t = useWords('sync')
  const [chosen, choose] = useChosen()
  const at = Math.max(0, rows.findIndex(({ sequence }) => sequence === chosen))
  const row = rows[at]
  return (
    <section className="parked pane" aria-label={t('parked')}>
      <header className="pane__head">
        <h2>{t('parked')}</h2>
        <span className="pane__note">{rows.length === 0 ? t('parked-none') : t('entries', { n: rows.length })}</span>
      </header>
      {row !== undefined && (
        <div className="parked__parts">
          <ParkedList rows={rows} at={at} choose={choose} />
          <ParkedDetail key={row.sequence} row={row} />
        </div>
      )}
    </section>
  )
}

interface ParkedListProps {
  readonly rows: readonly ParkedRow[]
  readonly at: number
  readonly choose: (sequence: number) => void
}

const optionId = ({ sequence }: ParkedRow): string => `parked-${sequence}`

function ParkedList({ rows, at, choose }: ParkedListProps): ReactNode {
  const t = useWords('sync')
  const list = useRef<HTMLDivElement>(null)
  const active = rows[at]
  useEffect(() => list.current?.focus(), [])
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const target = rows[Math.min(rows.length - 1, Math.max(0, at + step))]
    if (target !== undefined) choose(target.sequence)
  }
  return (
    <div
      ref={list}
      className="parked__list"
      role="listbox"
      tabIndex={0}
      aria-label={t('parked-list')}
      aria-activedescendant={active && optionId(active)}
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => (
        <div key={row.sequence} id={optionId(row)} role="option" aria-selected={row === active} className="parked__row" onClick={() => choose(row.sequence)}>
          <span className="parked__who">
            <strong>{row.name}</strong> <span>{row.visitNo}</span>
          </span>
          <Amount of={row.total} />
          <span className="parked__kind">
            {t(`kind-${row.kind}`)} · {row.since}
          </span>
          <span className={`parked__state parked__state--${row.state}`}>{t(`state-${row.state}`)}</span>
        </div>
      ))}
    </div>
  )
}
