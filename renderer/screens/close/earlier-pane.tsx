/** Days that were closed: their paper once more, and the newest opened again with a reason. */

import { useState, type ReactNode } from 'react'
import type { ClosedView } from '../../../electron/contract/close-view.ts'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { ReportButtons } from './report-buttons.tsx'
import { ReopenDialog } from './reopen-dialog.tsx'

export function EarlierPane({ closes }: { readonly closes: readonly ClosedView[] }): ReactNode {
  const t = useWords('close')
  return (
    <section className="earlier pane" aria-label={t('closes')}>
      <header className="pane__head">
        <h2>{t('closes')}</h2>
      </header>
      {closes.length === 0 && <p className="earlier__none">{t('closes-none')}</p>}
      <ul className="earlier__list">
        {closes.map((close) => (
          <Earlier key={close.sequence} close={close} />
        ))}
      </ul>
    </section>
  )
}

function Earlier({ close }: { readonly close: ClosedView }): ReactNode {
  const t = useWords('close')
  const [reopening, setReopening] = useState(false)
  return (
    <li className="earlier__one">
      <div className="earlier__head">
        <strong>{close.day}</strong>
        <span>#{close.sequence}</span>
        <span className="pane__space" />
        {close.reopened === null ? (
          <span className={close.differences === 0 ? 'mark mark--good' : 'mark mark--warn'}>
            {close.differences === 0 ? t('closed-even') : t('closed-differences', { n: close.differences })}
          </span>
        ) : (
          <span className="mark mark--quiet">{t('reopened')}</span>
        )}
      </div>
      <p>
        {t('closed-at', { time: close.closedAt })} · {t('closed-counts', { n: close.settlements })} · {t('total')} <Amount of={close.total} /> · {t('cash')}{' '}
        <Amount of={close.cash} />
      </p>
      {close.reopened !== null && <p>{t('reopened-why', { at: close.reopened.at, reason: close.reopened.reason })}</p>}
      <ReportButtons sequence={close.sequence} name={close.day}>
        {close.canReopen && (
          <Button look="danger" onClick={() => setReopening(true)}>
            {t('reopen')}
          </Button>
        )}
      </ReportButtons>
      {reopening && <ReopenDialog sequence={close.sequence} close={() => setReopening(false)} />}
    </li>
  )
}
