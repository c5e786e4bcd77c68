/**
 * Records: what this till has settled. Left what a search found, right the one that is open. Everything by keyboard: "/" to
 * the words, arrows through the rows, Enter to open, Escape back.
 */

import { useRef, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { records as words } from '../../i18n/records.ts'
import { useWords } from '../../i18n/use-words.ts'
import { addWords } from '../../i18n/words.ts'
import { useFirstFocus } from '../../frame/use-first-focus.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useScan } from '../../scan/use-scan.tsx'
import { useIsPharmacy, useStores } from '../../terminal/terminal-context.tsx'
import { RecordPane } from './record-pane.tsx'
import { RecordsProvider, useRecords } from './records-context.tsx'
import { RecordsList } from './records-list.tsx'
import { nextState, RANGES, rangeOf } from './records-query.ts'
import { SearchForm } from './search-form.tsx'
import './records.css'

addWords('records', words)

/** Searches today at first; `record` is opened at once, whatever day it is of. */
export function RecordsScreen({ record }: { readonly record?: string }): ReactNode {
  const today = useStore(useStores().till, (till) => till?.today ?? null)
  if (today === null) return <div className="records" aria-busy="true" />
  return (
    <RecordsProvider today={today} record={record ?? null}>
      <Screen today={today} />
    </RecordsProvider>
  )
}

function Screen({ today }: { readonly today: string }): ReactNode {
  const t = useWords('records')
  const { store, again, more, change, close } = useRecords()
  const { query, next, opened, rows } = useStore(store)
  const [isTyping, setTyping] = useState(false)
  // The field is drawn anew with what was scanned.
  const [scans, setScans] = useState(0)
  const box = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  useFirstFocus(() => grid.current ?? box.current, rows !== null)
  const toList = (): void => grid.current?.focus()
  const closeAndBack = (): void => {
    close()
    toList()
  }
  const toWords = (): void => {
    box.current?.focus()
    box.current?.select()
  }

  useScan(
    t('scan-record'),
    (code) => {
      change({ text: code.slice(0, 64), ...rangeOf(today, RANGES[3]) })
      setScans(scans + 1)
      toList()
    },
    useIsPharmacy()
  )
  useHotkey('/', t('search'), toWords, !isTyping)
  useHotkey('F5', t('again'), again)
  useHotkey('F6', t('next-state'), () => change({ state: nextState(query.state) }))
  useHotkey('F10', t('more'), more, next !== null)
  useHotkey('Escape', t('close'), closeAndBack, opened !== null)

  return (
    <div
      className={opened === null ? 'records' : 'records records--open'}
      onFocus={({ target }) => setTyping(target instanceof HTMLInputElement && target.type !== 'radio')}
      onBlur={() => setTyping(false)}
    >
      <SearchForm key={scans} query={query} today={today} change={change} goToList={toList} box={box} />
      <RecordsList showWeek={() => change(rangeOf(today, RANGES[2]))} grid={grid} />
      {opened !== null && <RecordPane key={opened} settlementId={opened} close={closeAndBack} />}
    </div>
  )
}
