/** What becomes of each part of the money, before anybody confirms it. */

import type { ReactNode } from 'react'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../../electron/contract/text.ts'
import { grouped } from '../../components/amount.tsx'
import { useWords } from '../../i18n/use-words.ts'

interface RefundStepsProps extends Pick<StatementView, 'sums'> {
  /** The centre has not booked the settlement, and will sign no load for its refund. */
  readonly isRefused: boolean
}

export function RefundSteps({ sums, isRefused }: RefundStepsProps): ReactNode {
  const t = useWords('records')
  return (
    <section className="refund__what" aria-label={t('refund-what')}>
      <h3>{t('refund-what')}</h3>
      <ol>
        <Step part="cash" of={sums.cash} text={t('step-cash-text')} />
        <Step part="fund" of={sums.fundPaid} text={t('step-fund-text')} />
        <Step part="account" of={sums.account} text={t(isRefused ? 'step-account-refused' : 'step-account-text')} />
      </ol>
    </section>
  )
}

interface StepProps {
  readonly part: 'cash' | 'fund' | 'account'
  readonly of: Yuan
  readonly text: string
}

function Step({ part, of, text }: StepProps): ReactNode {
  const t = useWords('records')
  if (of === '0.00') return <li className="refund__step refund__step--none">{t(`step-${part}-none`)}</li>
  return (
    <li className={`refund__step refund__step--${part}`}>
      <strong>{t(`step-${part}`, { amount: grouped(of) })}</strong>
      <span>{text}</span>
    </li>
  )
}
