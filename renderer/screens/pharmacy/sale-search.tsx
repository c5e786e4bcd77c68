/** The field for whoever types: code, name, pinyin initials or barcode; Enter takes the drug. What a scanner reads needs no field. */

import { useId, type ReactNode } from 'react'
import { SearchField } from '../../components/search-field.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { Hits } from '../outpatient/bill/hits.tsx'
import { useWish } from '../outpatient/use-wish.ts'
import { useSaleSearch } from './use-sale-search.ts'

export function SaleSearch(): ReactNode {
  const t = useWords('pharmacy')
  const list = useId()
  const { search, text, hits, at, searched, isChoosing, type, take, onKeyDown } = useSaleSearch()
  useWish('search', search)
  useHotkey('F7', t('search'), () => search.current?.focus())
  return (
    <div className="add">
      <SearchField box={search} label={t('search')} hint={t(isChoosing ? 'choose-hint' : 'search-hint')} list={list} hits={hits} at={at} text={text} type={type} onKeyDown={onKeyDown} />
      <Hits id={list} hits={hits} at={at} take={take} none={searched} />
    </div>
  )
}
