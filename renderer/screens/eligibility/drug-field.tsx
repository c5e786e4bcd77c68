/** The drug that is asked about, by whatever is known of it. */

import { useId, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { CatalogueHit } from '../../../electron/contract/bill-view.ts'
import { SearchField } from '../../components/search-field.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { Hits } from '../outpatient/bill/hits.tsx'
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
  const type = (typed: string): void => {
    go(0)
    setText(typed)
  }
  const taken = (hit: CatalogueHit): void => {
    type('')
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
      <SearchField box={box} label={t('drug')} hint={t('drug-hint')} list={list} hits={hits} at={at} text={text} type={type} onKeyDown={onKeyDown} maxLength={50} />
      <Hits id={list} hits={hits} at={at} take={taken} none={text.trim() !== '' && isAnswered} />
    </div>
  )
}
