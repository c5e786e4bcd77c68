/** A line by code or pinyin initials: letters, arrows, Enter; quantity, Enter; and on to the next. */

import { useId, type ReactNode } from 'react'
import { SearchField } from '../../../components/search-field.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useWish } from '../use-wish.ts'
import { Hits } from './hits.tsx'
import { useAddLine } from './use-add-line.ts'

export function AddLine(): ReactNode {
  const t = useWords('outpatient')
  const list = useId()
  const { search, quantity, text, count, setCount, hits, at, searched, type, take, onSearchKey, onQuantityKey } = useAddLine()
  useWish('search', search)
  useHotkey('F7', t('add-line'), () => search.current?.focus())
  return (
    <div className="add">
      <SearchField box={search} label={t('add-line')} hint={t('add-hint')} list={list} hits={hits} at={at} text={text} type={type} onKeyDown={onSearchKey} maxLength={50} />
      <label className="add__quantity">
        <span>{t('col-quantity')}</span>
        <input ref={quantity} className="field field--number" inputMode="decimal" autoComplete="off" maxLength={20} value={count} onChange={(event) => setCount(event.currentTarget.value)} onKeyDown={onQuantityKey} />
      </label>
      <Hits id={list} hits={hits} at={at} take={take} none={searched} />
    </div>
  )
}
