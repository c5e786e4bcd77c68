/** How a settlement stands, in a word with a sign before it; the colour only helps. */

import type { ReactNode } from 'react'
import type { ConfirmationView, SettlementState } from '../../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../../electron/contract/text.ts'
import { grouped } from '../../components/amount.tsx'
import { useWords } from '../../i18n/use-words.ts'
import '../../components/details.css'

const SIGNS: Readonly<Record<SettlementState, string>> = { settled: '✓', 'in-doubt': '?', refunded: '↩' }

interface StateMarkProps {
  readonly state: SettlementState
  readonly owed: Yuan
  readonly loaded: Yuan
  /** Only what a person has to look at is marked. */
  readonly centre: ConfirmationView['state']
}

export function StateMark({ state, owed, loaded, centre }: StateMarkProps): ReactNode {
  const t = useWords('records')
  return (
    <span className="records__marks">
      <span className={`mark mark--${state}`}>
        <span aria-hidden="true">{SIGNS[state]} </span>
        {t(`state-${state}`)}
      </span>
      {owed !== '0.00' && <span className="mark mark--owed">{t('owed', { amount: grouped(owed) })}</span>}
      {loaded !== '0.00' && <span className="mark mark--good">{t('loaded', { amount: grouped(loaded) })}</span>}
      {(centre === 'adjusted' || centre === 'parked') && <span className="mark mark--bad">{t(`mark-${centre}`)}</span>}
    </span>
  )
}
