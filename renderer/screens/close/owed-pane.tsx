/** What is owed to cards: no difference of the books, and nothing to decide. It waits for the holder, and says so. */

import type { ReactNode } from 'react'
import type { CloseItem } from '../../../electron/contract/close-view.ts'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Say } from '../../components/say.tsx'
import { useGoTo } from '../../frame/go-to.ts'
import { useWords } from '../../i18n/use-words.ts'

export function OwedPane({ items }: { readonly items: readonly CloseItem[] }): ReactNode {
  const t = useWords('close')
  if (items.length === 0) return null
  return (
    <section className="owed-cards pane" aria-label={t('owed')}>
      <header className="pane__head">
        <h2>{t('owed')}</h2>
        <span className="pane__note">{t('owed-words')}</span>
      </header>
      <ul className="owed-cards__list">
        {items.map((item) => (
          <Owed key={item.item} item={item} />
        ))}
      </ul>
    </section>
  )
}

function Owed({ item: { name, settlementId, text, amount } }: { readonly item: CloseItem }): ReactNode {
  const t = useWords('close')
  const goTo = useGoTo()
  return (
    <li className="owed-cards__one">
      <span>
        <strong>{name === '' ? settlementId : name}</strong>
        <span className="owed-cards__text said">
          <Say text={text} />
        </span>
      </span>
      {amount !== null && <Amount of={amount} mark />}
      {settlementId !== null && (
        <Button look="quiet" onClick={() => goTo({ screen: 'records', record: settlementId })}>
          {t('open-record')}
        </Button>
      )}
    </li>
  )
}
