/** Tries that the card has left, as a number in words; the pips only draw it. */

import type { ReactNode } from 'react'
import { pin } from '../i18n/pin.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'

addWords('pin', pin)

const PIPS_MAX = 10

export function TriesLeft({ left }: { readonly left: number }): ReactNode {
  const t = useWords('pin')
  const tone = left === 0 ? 'none' : left === 1 ? 'last' : 'some'
  return (
    <span className={`tries tries--${tone}`} data-tries={left}>
      <span className="tries__words">{left === 0 ? t('tries-none') : left === 1 ? t('tries-last') : t('tries', { n: left })}</span>
      <span className="tries__pips" aria-hidden="true">
        {Array.from({ length: Math.min(left, PIPS_MAX) }, (_, index) => (
          <span key={index} />
        ))}
      </span>
    </span>
  )
}
