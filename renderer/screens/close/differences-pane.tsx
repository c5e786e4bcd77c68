/** What is not as it should be. Arrows choose one; beside it stands what can be done, and what was decided. */

import { useEffect, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { CloseItem } from '../../../electron/contract/close-view.ts'
import { Amount } from '../../components/amount.tsx'
import { KeyCap } from '../../components/button.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { kept } from '../../stores/kept.ts'
import { DifferenceDetail } from './difference-detail.tsx'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }

interface DifferencesPaneProps {
  readonly items: readonly CloseItem[]
  readonly newestClose: number
  readonly list: RefObject<HTMLDivElement | null>
}

const useChosen = kept<string | null>(null)

export function DifferencesPane({ items, newestClose, list }: DifferencesPaneProps): ReactNode {
  const t = useWords('close')
  const [chosen, choose] = useChosen()
  const item = items.find((candidate) => candidate.item === chosen) ?? items.find((candidate) => candidate.chosen === null) ?? items[0]
  const open = items.filter((candidate) => candidate.chosen === null).length
  const words = items.length === 0 ? t('differences-none') : open === 0 ? t('differences-done') : t('differences-open', { n: open })
  const decided = (isHere: boolean): void => {
    const next = items.find((candidate) => candidate.chosen === null && candidate.item !== item?.item)
    choose(next?.item ?? item?.item ?? null)
    if (isHere) list.current?.focus()
  }
  return (
    <section className="differences pane" aria-label={t('differences')}>
      <header className="pane__head">
        <h2>{t('differences')}</h2>
        <span className="pane__note" role="status">
          {words}
        </span>
        <span className="pane__space" />
        {items.length > 0 && <KeyCap>F7</KeyCap>}
      </header>
      {item !== undefined && (
        <div className="differences__parts">
          <Items items={items} item={item} choose={choose} list={list} />
          <DifferenceDetail key={item.item} item={item} newestClose={newestClose} decided={decided} />
        </div>
      )}
    </section>
  )
}

const optionId = ({ item }: CloseItem): string => `difference-${item.replace(/[^A-Za-z0-9-]/g, '_')}`

interface ItemsProps extends Pick<DifferencesPaneProps, 'items' | 'list'> {
  readonly item: CloseItem
  readonly choose: (item: string) => void
}

function Items({ items, item, choose, list }: ItemsProps): ReactNode {
  const t = useWords('close')
  const at = items.indexOf(item)
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at, list])
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const target = items[Math.min(items.length - 1, Math.max(0, at + step))]
    if (target !== undefined) choose(target.item)
  }
  return (
    <div
      ref={list}
      className="differences__list"
      role="listbox"
      tabIndex={0}
      aria-label={t('differences')}
      aria-activedescendant={optionId(item)}
      onKeyDown={onKeyDown}
    >
      {items.map((one) => (
        <div key={one.item} id={optionId(one)} role="option" aria-selected={one === item} className="differences__row" onClick={() => choose(one.item)}>
          <span className="differences__what">
            <strong>
              {t(`kind-${one.kind}`)}
              {one.name !== '' && ` · ${one.name}`}
            </strong>
            <span className="differences__text said">
              <Say text={one.text} />
            </span>
          </span>
          {one.amount !== null && <Amount of={one.amount} />}
          <span className={one.chosen === null ? 'mark mark--warn' : 'mark mark--good'}>
            <span aria-hidden="true">{one.chosen === null ? '! ' : '✓ '}</span>
            {one.chosen === null ? t('item-open') : t('item-chosen')}
          </span>
        </div>
      ))}
    </div>
  )
}
