/** The left of the screen in all its states: searching for the first time, nothing found, refused, found. */

import type { ReactNode, RefObject } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../components/button.tsx'
import { Live } from '../../components/live.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useRecords } from './records-context.tsx'
import { RecordsGrid } from './records-grid.tsx'

interface RecordsListProps {
  readonly showWeek: () => void
  readonly grid: RefObject<HTMLDivElement | null>
}

export function RecordsList({ showWeek, grid }: RecordsListProps): ReactNode {
  const t = useWords('records')
  const { store, more } = useRecords()
  const { rows, next, refusal, busy } = useStore(store)
  return (
    <section className="records__list pane" aria-label={t('list')}>
      <Count />
      {refusal !== null && <Refused />}
      {rows === null && refusal === null && <Bones />}
      {rows !== null && rows.length === 0 && refusal === null && <Nothing showWeek={showWeek} />}
      {rows !== null && rows.length > 0 && <RecordsGrid rows={rows} box={grid} />}
      {next !== null && (
        <Button className="records__more" hotkey="F10" aria-disabled={busy} onClick={more}>
          {busy ? t('loading') : t('more')}
        </Button>
      )}
    </section>
  )
}

function Count(): ReactNode {
  const t = useWords('records')
  const { store, again } = useRecords()
  const { rows, next, busy } = useStore(store)
  const count = rows === null ? '' : t(next === null ? 'found' : 'found-more', { n: rows.length })
  return (
    <header className="pane__head">
      <h2>{t('list')}</h2>
      <span className="records__count">{busy ? t('loading') : count}</span>
      <Live>{busy ? '' : count}</Live>
      <span className="pane__space" />
      <span id="records-hint" className="records__hint">
        {t('row-hint')}
      </span>
      <Button look="quiet" hotkey="F5" onClick={again}>
        {t('again')}
      </Button>
    </header>
  )
}

function Refused(): ReactNode {
  const t = useWords('records')
  const common = useWords('common')
  const { store, again } = useRecords()
  const refusal = useStore(store, (state) => state.refusal)
  if (refusal === null) return null
  return (
    <div className="calm">
      <p className="calm__title">{t('refused-title')}</p>
      <RefusalNote refusal={refusal} />
      <Button onClick={again}>{common('retry')}</Button>
    </div>
  )
}

function Nothing({ showWeek }: Pick<RecordsListProps, 'showWeek'>): ReactNode {
  const t = useWords('records')
  return (
    <div className="calm" role="status">
      <svg className="records__drawing" viewBox="0 0 96 72" width="96" height="72" aria-hidden="true" focusable="false">
        <rect x="14" y="6" width="52" height="60" rx="5" />
        <path d="M24 20h32M24 30h32M24 40h18" />
        <circle cx="66" cy="46" r="13" />
        <path d="m75 56 11 10" />
      </svg>
      <p className="calm__title">{t('none-title')}</p>
      <p className="calm__text">{t('none-hint')}</p>
      <Button onClick={showWeek}>{t('none-week')}</Button>
    </div>
  )
}

function Bones(): ReactNode {
  const t = useWords('records')
  return (
    <div role="status" aria-label={t('loading')}>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((bone) => (
        <span key={bone} className="bone bone--row" />
      ))}
    </div>
  )
}
