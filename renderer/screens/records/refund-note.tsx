/** A settlement that was taken back: when and why, what went back where, and what the card is still owed. */

import type { ReactNode } from 'react'
import type { RefundView } from '../../../electron/contract/settlement-view.ts'
import { Amount, grouped } from '../../components/amount.tsx'
import { useWords } from '../../i18n/use-words.ts'

export function RefundNote({ refund }: { readonly refund: RefundView }): ReactNode {
  const t = useWords('records')
  return (
    <section className="record__refund" aria-label={t('refund-done')}>
      <h3>{t('refund-done')}</h3>
      <dl className="sums">
        <div className="sums__entry">
          <dt>{t('refund-cash')}</dt>
          <dd>
            <Amount of={refund.cash} />
          </dd>
        </div>
        <div className="sums__entry">
          <dt>{t('refund-fund')}</dt>
          <dd>
            <Amount of={refund.fund} />
          </dd>
        </div>
        <div className="sums__entry sums__entry--strong">
          <dt>{refund.loaded === null ? t('refund-owed') : t('refund-loaded')}</dt>
          <dd>
            <Amount of={refund.loaded?.amount ?? refund.owedToCard} />
          </dd>
        </div>
      </dl>
      {refund.owedToCard !== '0.00' && <p>{t(refund.confirmation.state === 'never-booked' ? 'refund-never-booked' : 'refund-owed-note')}</p>}
      {refund.loaded !== null && <p>{loadedWords(t, refund.loaded)}</p>}
      <dl className="record__facts">
        <div>
          <dt>{t('refund-at')}</dt>
          <dd>{refund.at}</dd>
        </div>
        <div>
          <dt>{t('refund-reason')}</dt>
          <dd>{refund.reason}</dd>
        </div>
        <div className="record__wide">
          <dt>{t('refund-no')}</dt>
          <dd>{refund.correctionId}</dd>
        </div>
      </dl>
    </section>
  )
}

function loadedWords(t: ReturnType<typeof useWords<'records'>>, { at, balanceAfter }: NonNullable<RefundView['loaded']>): string {
  return balanceAfter === null ? t('refund-loaded-only', { at }) : t('refund-loaded-note', { at, balance: grouped(balanceAfter) })
}
