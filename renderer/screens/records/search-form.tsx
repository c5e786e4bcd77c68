/** Which days, which words, which state. Every change searches at once; the words wait until the typing pauses. */

import { useEffect, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { Button, KeyCap } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { isDay } from './day.ts'
import { RANGES, rangeOf, RECORD_STATES, type RecordsQuery } from './records-query.ts'

const PAUSE_MS = 250
const TEXT_MAX = 64

interface SearchFormProps {
  readonly query: RecordsQuery
  readonly today: string
  readonly change: (change: Partial<RecordsQuery>) => void
  /** Enter or arrow down in the words: on to what was found. */
  readonly goToList: () => void
  readonly box: Ref<HTMLInputElement>
}

export function SearchForm({ query, today, change, goToList, box }: SearchFormProps): ReactNode {
  const t = useWords('records')
  return (
    <form className="records__search" role="search" aria-label={t('search')} onSubmit={(event) => event.preventDefault()}>
      <TextField text={query.text} change={change} goToList={goToList} box={box} />
      <fieldset className="records__days">
        <legend className="unseen">{t('time')}</legend>
        <Day word="from" day={query.from} max={today} pick={(from) => change({ from, ...(from > query.to && { to: from }) })} />
        <Day word="to" day={query.to} max={today} pick={(to) => change({ to, ...(to < query.from && { from: to }) })} />
        {RANGES.map((range) => {
          const { from, to } = rangeOf(today, range)
          const isShown = from === query.from && to === query.to
          return (
            <Button key={range[0]} look="quiet" className="records__range" aria-pressed={isShown} onClick={() => change({ from, to })}>
              {t(range[0])}
            </Button>
          )
        })}
      </fieldset>
      <Choice
        legend={t('state')}
        name="records-state"
        values={RECORD_STATES}
        chosen={query.state}
        word={(state) => t(`state-${state}`)}
        choose={(state) => change({ state })}
        hotkey="F6"
      />
    </form>
  )
}

type TextFieldProps = Pick<SearchFormProps, 'change' | 'goToList' | 'box'> & Pick<RecordsQuery, 'text'>

function TextField({ text, change, goToList, box }: TextFieldProps): ReactNode {
  const t = useWords('records')
  const [typed, setTyped] = useState(text)
  useEffect(() => {
    if (typed === text) return undefined
    const pause = setTimeout(() => change({ text: typed }), PAUSE_MS)
    return () => clearTimeout(pause)
  }, [typed, text, change])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    if (typed !== text) change({ text: typed })
    goToList()
  }
  return (
    <label className="records__text">
      <span className="unseen">{t('text')}</span>
      <input
        ref={box}
        type="search"
        className="field"
        placeholder={t('text')}
        aria-keyshortcuts="/"
        maxLength={TEXT_MAX}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {typed === '' && <KeyCap>/</KeyCap>}
    </label>
  )
}

interface DayProps {
  readonly word: 'from' | 'to'
  readonly day: string
  readonly max: string
  readonly pick: (day: string) => void
}

/** A day that is half typed is none yet, and searches nothing. */
function Day({ word, day, max, pick }: DayProps): ReactNode {
  const t = useWords('records')
  return (
    <label className="records__day">
      <span>{t(word)}</span>
      <input type="date" className="field" value={day} max={max} onChange={({ target }) => (isDay(target.value) ? pick(target.value) : undefined)} />
    </label>
  )
}
