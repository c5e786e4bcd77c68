/** What becomes of each part of the money, before anybody confirms it. */

import type { ReactNode } from 'react'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../../electron/contract/text.ts'
import { grouped } from '../../components/amount.tsx'
import { useWords } from '../../i18n/use-words.ts'

export function RefundSteps({ sums }: Pick<StatementView, 'sums'>): ReactNode {
  const t = useWords('records')
  return (
    <section className="refund__what" aria-label={t('refund-what')}>
      <h3>{t('refund-what')}</h3>
      <ol>
        <Step part="cash" of={sums.cash} />
        <Step part="fund" of={sums.fundPaid} />
        <Step part="account" of={sums.account} />
      </ol>
    </section>
  )
}

function Step({ part, of }: { readonly part: 'cash' | 'fund' | 'account'; readonly of: Yuan }): ReactNode {
  const t = useWords('records')
  if (of === '0.00') return <li className="refund__step refund__step--none">{t(`step-${part}-none`)}</li>
  return (
    <li className={`refund__step refund__step--${part}`}>
      <strong>{t(`step-${part}`, { amount: grouped(of) })}</strong>
      <span>{t(`step-${part}-text`)}</span>
    </li>
  )
}
