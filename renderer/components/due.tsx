/** What an adjustment leaves to do with the patient, in words: collect, give back, load back. */

import type { ReactNode } from 'react'
import type { DueView } from '../../electron/contract/sync-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { sync } from '../i18n/sync.ts'
import { addWords } from '../i18n/words.ts'
import { grouped } from './amount.tsx'
import './details.css'

addWords('sync', sync)

export function Due({ due: { cash, cashDirection, toCard } }: { readonly due: DueView }): ReactNode {
  const t = useWords('sync')
  const words = [
    ...(cashDirection === 'none' ? [] : [t(`due-${cashDirection}`, { amount: grouped(cash) })]),
    ...(toCard === '0.00' ? [] : [t('due-to-card', { amount: grouped(toCard) })])
  ]
  return <strong className="due">{words.length === 0 ? t('due-none') : words.join(' · ')}</strong>
}
