/** The hospital's queue: arrows choose, Enter takes. What cannot be read says why where it stands. */

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { QueueEntry } from '../../../../electron/contract/bill-view.ts'
import { Amount } from '../../../components/amount.tsx'
import { Say } from '../../../components/say.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { useWish } from '../use-wish.ts'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }

interface QueueListProps {
  readonly entries: readonly QueueEntry[]
  readonly pick: (file: string) => void
  /** To the bill that is open; null: none is. */
  readonly goBack: (() => void) | null
}

export function QueueList({ entries, pick, goBack }: QueueListProps): ReactNode {
  const t = useWords('outpatient')
  const { store } = useCounter()
  const list = useRef<HTMLDivElement>(null)
  const [chosen, choose] = useState<string | null>(null)
  const at = chosenIndex(entries, chosen)
  const active = entries[at]
  useWish('queue', list)
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined && event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    if (step !== undefined) choose(entries[Math.min(entries.length - 1, Math.max(0, at + step))]?.file ?? null)
    else if (active !== undefined) take(active)
  }
  const take = ({ file, state }: QueueEntry): void => {
    choose(file)
    // Opened once more it would lose what was edited.
    if (state === 'open' && goBack !== null) goBack()
    else if (state === 'waiting' || state === 'open') pick(file)
    else if (state === 'in-doubt') store.setState({ onTop: 'in-doubt' })
  }

  return (
    <div
      ref={list}
      className="queue"
      role="listbox"
      tabIndex={0}
      aria-label={t('queue')}
      aria-activedescendant={active === undefined ? undefined : `queue-${active.file}`}
      onKeyDown={onKeyDown}
    >
      {entries.map((entry) => (
        <QueueRow key={entry.file} entry={entry} selected={entry === active} take={() => take(entry)} />
      ))}
    </div>
  )
}

/** What cannot be read, and what is settled, leads nowhere. */
const leadsOn = ({ state }: QueueEntry): boolean => state === 'waiting' || state === 'open' || state === 'in-doubt'

/** What was chosen if it is still there, else the bill that is open, else the first that waits. */
function chosenIndex(entries: readonly QueueEntry[], chosen: string | null): number {
  const known = entries.findIndex(({ file }) => file === chosen)
  if (known !== -1) return known
  const open = entries.findIndex(({ state }) => state === 'open')
  return open === -1 ? Math.max(0, entries.findIndex(({ state }) => state === 'waiting')) : open
}

interface QueueRowProps {
  readonly entry: QueueEntry
  readonly selected: boolean
  readonly take: () => void
}

function QueueRow({ entry, selected, take }: QueueRowProps): ReactNode {
  const t = useWords('outpatient')
  const { visit, refusal } = entry
  const today = useStore(useStores().till, (till) => till?.today)
  return (
    <div id={`queue-${entry.file}`} role="option" aria-selected={selected} aria-disabled={!leadsOn(entry)} className={`queue__row queue__row--${entry.state}`} onClick={take}>
      <span className="queue__who">
        <strong>{visit === null ? entry.file : visit.patient === '' ? t('nobody-named') : visit.patient}</strong>
        {visit !== null && <Say text={visit.visitType.name} />}
        {entry.state !== 'waiting' && <span className={`queue__state queue__state--${entry.state}`}>{t(`queue-${entry.state}`)}</span>}
      </span>
      <span className="queue__what">{visit === null ? refusal !== null && <Say text={refusal.what} /> : visitLine(visit, today)}</span>
      {visit !== null && (
        <span className="queue__sum">
          <Amount of={entry.total} />
          <span>{t('line-count', { count: entry.lines })}</span>
        </span>
      )}
    </div>
  )
}

/** Of today the time is enough; what waits longer says since when. */
const visitLine = ({ visitNo, department, doctor, begins }: NonNullable<QueueEntry['visit']>, today: string | undefined): string =>
  [begins.startsWith(today ?? ' ') ? begins.slice(11, 16) : begins.slice(0, 16), visitNo, department, doctor].filter((part) => part !== '').join(' · ')

/** Nothing waits: where it would come from. */
export function QueueEmpty(): ReactNode {
  const t = useWords('outpatient')
  const till = useStore(useStores().till)
  return (
    <div className="calm">
      <p className="calm__title">{t('queue-empty')}</p>
      {till !== null && <p className="calm__text">{t('queue-empty-hint', { folder: till.queueFolder })}</p>}
    </div>
  )
}
