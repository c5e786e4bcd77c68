/** The field for whoever types: code, name, pinyin initials or barcode; Enter takes the drug. What a scanner reads needs no field. */

import { useId, type ReactNode } from 'react'
import { KeyCap } from '../../components/button.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { Hits } from '../outpatient/bill/add-line.tsx'
import { useWish } from '../outpatient/use-wish.ts'
import { useSaleSearch } from './use-sale-search.ts'

export function SaleSearch(): ReactNode {
  const t = useWords('pharmacy')
  const list = useId()
  const { search, text, hits, at, searched, isChoosing, type, take, onKeyDown } = useSaleSearch()
  useWish('search', search)
  useHotkey('F7', t('search'), () => search.current?.focus())
  const chosen = hits[at]
  return (
    <div className="add">
      <label className="add__search">
        <span className="unseen">{t('search')}</span>
        <input
          ref={search}
          className="field"
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.code}`}
          placeholder={t(isChoosing ? 'choose-hint' : 'search-hint')}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <KeyCap>F7</KeyCap>
      </label>
      <Hits id={list} hits={hits} at={at} take={take} none={searched} />
    </div>
  )
}
