/** Whose PIN is asked for, and how often it may still be wrong: read before the first digit is typed. */

import type { ReactNode } from 'react'
import type { CardView } from '../../electron/contract/card-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { TriesLeft } from './tries-left.tsx'

export function PinHead({ card }: { readonly card: CardView }): ReactNode {
  const t = useWords('pin')
  return (
    <div className="pin__head">
      <span>
        <strong>{card.holder.name}</strong> <span className="pin__card">{card.masked['card-number']}</span>
      </span>
      {card.triesLeft === null ? <span>{t('tries-unknown')}</span> : <TriesLeft left={card.triesLeft} />}
    </div>
  )
}
