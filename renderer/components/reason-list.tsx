/** Every reason that stands behind a light: what, who can mend it, what can be done today, and whose rule it is. */

import type { ReactNode } from 'react'
import type { ReasonView } from '../../electron/contract/sale-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { Say } from './say.tsx'
import './light.css'

interface ReasonListProps {
  readonly reasons: readonly ReasonView[]
  readonly label: string
}

export function ReasonList({ reasons, label }: ReasonListProps): ReactNode {
  return (
    <ul className="reasons" aria-label={label}>
      {reasons.map((reason) => (
        <Reason key={`${reason.kind} ${reason.what.zh}`} reason={reason} />
      ))}
    </ul>
  )
}

function Reason({ reason: { kind, effect, what, mend, today, source, certainty, isUncertain } }: { readonly reason: ReasonView }): ReactNode {
  const t = useWords('common')
  return (
    <li className={`reasons__one reasons__one--${effect}`} data-reason={kind}>
      <span className="reasons__effect">{t(`effect-${effect}`)}</span>
      <div className="reasons__text">
        <p className="reasons__what">
          <Say text={what} />
        </p>
        {(mend !== null || today !== null) && (
          <dl className="reasons__answers">
            {mend !== null && (
              <div>
                <dt>{t('mend')}</dt>
                <dd>
                  <Say text={mend} />
                </dd>
              </div>
            )}
            {today !== null && (
              <div>
                <dt>{t('today')}</dt>
                <dd>
                  <Say text={today} />
                </dd>
              </div>
            )}
          </dl>
        )}
        <p className="reasons__source">
          {t('reason-source')} <Say text={source} /> · <Certainty isUncertain={isUncertain} text={certainty} />
        </p>
      </div>
    </li>
  )
}

function Certainty({ isUncertain, text }: { readonly isUncertain: boolean; readonly text: ReasonView['certainty'] }): ReactNode {
  const t = useWords('common')
  if (!isUncertain) return <Say text={text} />
  return (
    <span className="reasons__uncertain">
      {t('reason-uncertain')} · <Say text={text} />
    </span>
  )
}
