/** A settlement under way: each step as the host tells it, and the one thing that matters meanwhile: leave the card in. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SettleProgress } from '../../../../electron/contract/events.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'

const STEPS = ['computing', 'holding', 'debiting', 'posting'] as const satisfies readonly SettleProgress[]

export function Settling(): ReactNode {
  const t = useWords('outpatient')
  const progress = useStore(useStores().progress)
  const at = progress === null ? 0 : progress === 'done' ? STEPS.length : STEPS.indexOf(progress)
  return (
    <div className="settling" role="status">
      <p className="settling__stay">{t('leave-card')}</p>
      <ol className="settling__steps">
        {STEPS.map((step, index) => (
          <li key={step} className={index < at ? 'is-done' : index === at ? 'is-now' : undefined} aria-current={index === at ? 'step' : undefined}>
            {t(`progress-${step}`)}
          </li>
        ))}
      </ol>
    </div>
  )
}
