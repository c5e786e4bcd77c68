/** The drug that is asked about, by whatever is known of it. */

import { useId, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { CatalogueHit } from '../../../electron/contract/bill-view.ts'
import { KeyCap } from '../../components/button.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { Hits } from '../outpatient/bill/add-line.tsx'
import { useHits } from '../outpatient/bill/use-hits.ts'

interface DrugFieldProps {
  readonly box: RefObject<HTMLInputElement | null>
  readonly take: (hit: CatalogueHit) => void
}

export function DrugField({ box, take }: DrugFieldProps): ReactNode {
  const t = useWords('eligibility')
  const list = useId()
  const [text, setText] = useState('')
  const [at, go] = useState(0)
  const { hits, isAnswered } = useHits(text)
  const chosen = hits[at]
  const taken = (hit: CatalogueHit): void => {
    setText('')
    go(0)
    take(hit)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') go(Math.min(hits.length - 1, at + 1))
    else if (event.key === 'ArrowUp') go(Math.max(0, at - 1))
    else if (event.key === 'Escape') setText('')
    else if (event.key === 'Enter' && chosen !== undefined) taken(chosen)
    else if (event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="add eligibility__drug">
      <label className="add__search">
        <span className="unseen">{t('drug')}</span>
        <input
          ref={box}
          className="field"
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.code}`}
          placeholder={t('drug-hint')}
          autoComplete="off"
          spellCheck={false}
          maxLength={50}
          value={text}
          onChange={(event) => {
            go(0)
            setText(event.currentTarget.value)
          }}
          onKeyDown={onKeyDown}
        />
        <KeyCap>F7</KeyCap>
      </label>
      <Hits id={list} hits={hits} at={at} take={taken} none={text.trim() !== '' && isAnswered} />
    </div>
  )
}
