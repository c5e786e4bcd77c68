/** A line by code or pinyin initials: letters, arrows, Enter; quantity, Enter; and on to the next. */

import { useId, type ReactNode } from 'react'
import type { CatalogueHit } from '../../../../electron/contract/bill-view.ts'
import { Amount } from '../../../components/amount.tsx'
import { KeyCap } from '../../../components/button.tsx'
import { ClassMark } from '../../../components/class-mark.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useWish } from '../use-wish.ts'
import { useAddLine } from './use-add-line.ts'

export function AddLine(): ReactNode {
  const t = useWords('outpatient')
  const list = useId()
  const { search, quantity, text, count, setCount, hits, at, searched, type, take, onSearchKey, onQuantityKey } = useAddLine()
  useWish('search', search)
  useHotkey('F7', t('add-line'), () => search.current?.focus())
  const chosen = hits[at]
  return (
    <div className="add">
      <label className="add__search">
        <span className="unseen">{t('add-line')}</span>
        <input
          ref={search}
          className="field"
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.code}`}
          placeholder={t('add-hint')}
          autoComplete="off"
          spellCheck={false}
          maxLength={50}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onSearchKey}
        />
        <KeyCap>F7</KeyCap>
      </label>
      <label className="add__quantity">
        <span>{t('col-quantity')}</span>
        <input ref={quantity} className="field field--number" inputMode="decimal" autoComplete="off" maxLength={20} value={count} onChange={(event) => setCount(event.currentTarget.value)} onKeyDown={onQuantityKey} />
      </label>
      <Hits id={list} hits={hits} at={at} take={take} none={searched} />
    </div>
  )
}

interface HitsProps {
  readonly id: string
  readonly hits: readonly CatalogueHit[]
  readonly at: number
  readonly take: (hit: CatalogueHit) => void
  /** Something was searched: that nothing is found is said. */
  readonly none: boolean
}

export function Hits({ id, hits, at, take, none }: HitsProps): ReactNode {
  const t = useWords('outpatient')
  if (hits.length === 0 && none) {
    return (
      <p id={id} className="hits hits--none" role="status">
        {t('no-hits')}
      </p>
    )
  }
  return (
    <div id={id} role="listbox" aria-label={t('add-line')} className={hits.length === 0 ? 'unseen' : 'hits'}>
      {hits.map((hit, index) => (
        <div
          key={hit.code}
          id={`${id}-${hit.code}`}
          role="option"
          aria-selected={index === at}
          className="hits__row"
          onMouseDown={(event) => {
            // The field keeps the focus until the quantity takes it.
            event.preventDefault()
            take(hit)
          }}
        >
          <ClassMark of={hit.chargeClass} />
          <span className="hits__name">
            {hit.name}
            <span>{[hit.restriction ?? hit.code, hit.spec, hit.producer].filter((part) => part !== '').join(' \u00b7 ')}</span>
          </span>
          <span className="hits__initials">{hit.initials}</span>
          {hit.price === null ? <span>{t('price-to-come')}</span> : <Amount of={hit.price} />}
        </div>
      ))}
    </div>
  )
}
