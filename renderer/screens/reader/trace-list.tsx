/**
 * The commands, oldest first; only those in sight exist. While it follows, the newest stays in sight; whoever scrolls back or
 * chooses one stops it.
 */

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { TraceLine } from '../../../electron/contract/reader-view.ts'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import type { ReaderCornerProps } from './layout.ts'
import { inPairs } from './trace-text.ts'

interface TraceListProps extends ReaderCornerProps {
  readonly lines: readonly TraceLine[]
  readonly chosen: number | null
  readonly choose: (number: number) => void
  readonly isFollowing: boolean
  readonly setFollowing: (on: boolean) => void
}

/** Heights in rem, as the style sheet has them. */
const ROW_REM = { screen: 2.75, drawer: 4 } as const
const OVERSCAN = 8
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }

const rowId = (number: number): string => `trace-${number}`
const remOf = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16

export function TraceList({ layout, lines, chosen, choose, isFollowing, setFollowing }: TraceListProps): ReactNode {
  const t = useWords('reader')
  const box = useRef<HTMLDivElement>(null)
  const [rem] = useState(remOf)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_REM[layout] * rem,
    getItemKey: (index) => lines[index]?.number ?? index,
    overscan: OVERSCAN,
    useFlushSync: false
  })
  const newest = lines.at(-1)?.number ?? 0
  useEffect(() => {
    if (isFollowing) rows.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [isFollowing, newest, lines.length, rows])

  const at = lines.findIndex(({ number }) => number === chosen)
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const from = at === -1 ? lines.length - (step < 0 ? 0 : 1) : at
    const index = Math.min(lines.length - 1, Math.max(0, from + (at === -1 && step > 0 ? 0 : step)))
    const target = lines[index]
    if (target === undefined) return
    setFollowing(false)
    choose(target.number)
    rows.scrollToIndex(index)
  }
  return (
    <div
      ref={box}
      className={`trace__list trace__list--${layout}`}
      role="grid"
      tabIndex={0}
      aria-label={t('trace')}
      aria-rowcount={lines.length}
      aria-activedescendant={at === -1 ? undefined : rowId(lines[at]?.number ?? 0)}
      onKeyDown={onKeyDown}
      onWheel={(event) => (event.deltaY < 0 ? setFollowing(false) : undefined)}
    >
      <div className="trace__rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const line = lines[index]
          return line && <Row key={key} line={line} index={index} start={start} isChosen={line.number === chosen} choose={choose} />
        })}
      </div>
    </div>
  )
}

const SIGNS: Readonly<Record<TraceLine['outcome'], string>> = { ok: '✓', refused: '✕', silent: '∅' }

interface RowProps {
  readonly line: TraceLine
  readonly index: number
  readonly start: number
  readonly isChosen: boolean
  readonly choose: (number: number) => void
}

function Row({ line, index, start, isChosen, choose }: RowProps): ReactNode {
  const t = useWords('reader')
  const { number, slot, at, command, answer, words, meaning, outcome } = line
  return (
    <div
      id={rowId(number)}
      className={`trace__row trace__row--${outcome}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 1}
      aria-selected={isChosen}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => choose(number)}
    >
      <span role="gridcell" className="trace__number">
        {number}
        <span className="trace__time">{at} ms</span>
      </span>
      <span role="gridcell" className={`trace__side trace__side--${slot}`}>
        {t(`side-${slot}`)}
      </span>
      <span role="gridcell" className="trace__words">
        <span className="trace__what">
          <Say text={words} />
        </span>
        <span className={`trace__meaning trace__meaning--${outcome}`}>
          <span aria-hidden="true">{SIGNS[outcome]} </span>
          <span className="unseen">{t(`outcome-${outcome}`)}: </span>
          <Say text={meaning} />
        </span>
      </span>
      <span role="gridcell" className="trace__bytes">
        <span className="trace__hex">{inPairs(command)}</span>
        <span className="trace__hex trace__hex--answer">{answer === '' ? t('no-answer') : inPairs(answer)}</span>
      </span>
    </div>
  )
}
