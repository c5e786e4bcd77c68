/** What the catalogue has for what is typed, or that it has nothing. */

import type { ReactNode } from 'react'
import type { CatalogueHit } from '../../../../electron/contract/bill-view.ts'
import { Amount } from '../../../components/amount.tsx'
import { ClassMark } from '../../../components/class-mark.tsx'
import { useWords } from '../../../i18n/use-words.ts'

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
            // The field keeps the focus until something else takes it.
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
