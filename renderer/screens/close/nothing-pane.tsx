/** Nothing to close: the day that was signed last and its paper, or that there was none. */

import { useEffect, useRef, type ReactNode } from 'react'
import type { ClosedView } from '../../../electron/contract/close-view.ts'
import { Amount } from '../../components/amount.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { ReportButtons } from './report-buttons.tsx'

export function NothingPane({ newest }: { readonly newest: ClosedView | undefined }): ReactNode {
  const t = useWords('close')
  if (newest === undefined) {
    return (
      <section className="pane calm" aria-label={t('period')}>
        <p className="calm__title">{t('period-none')}</p>
        <p className="calm__text">{t('period-none-yet')}</p>
      </section>
    )
  }
  return <Signed close={newest} />
}

/** It takes the keyboard, so that whoever has just signed hears that it is done. */
function Signed({ close }: { readonly close: ClosedView }): ReactNode {
  const t = useWords('close')
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <section className="pane calm signed" aria-label={t('sign-done')}>
      <h2 ref={title} className="calm__title" tabIndex={-1}>
        <span aria-hidden="true">✓ </span>
        {t('sign-done')} · {close.day}
      </h2>
      <p className="calm__text">
        {t('closed-at', { time: close.closedAt })} · #{close.sequence}
      </p>
      <dl className="sums signed__sums">
        <div className="sums__entry">
          <dt>{t('settlements')}</dt>
          <dd className="amount">{close.settlements}</dd>
        </div>
        <div className="sums__entry sums__entry--strong">
          <dt>{t('total')}</dt>
          <dd>
            <Amount of={close.total} />
          </dd>
        </div>
        <div className="sums__entry">
          <dt>{t('cash')}</dt>
          <dd>
            <Amount of={close.cash} />
          </dd>
        </div>
        <div className="sums__entry">
          <dt>{t('differences')}</dt>
          <dd>{close.differences === 0 ? t('closed-even') : t('closed-differences', { n: close.differences })}</dd>
        </div>
      </dl>
      <ReportButtons sequence={close.sequence} name={close.day} keys />
      <p className="calm__text">{t('period-none-hint')}</p>
    </section>
  )
}
