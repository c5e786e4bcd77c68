/** Who paid what: the amounts, and under them the sentences that say why. */

import type { ReactNode } from 'react'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../../electron/contract/text.ts'
import { Amount, grouped } from '../../components/amount.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'

interface OfStatement {
  readonly statement: StatementView
}

export function RecordAmounts({ statement }: OfStatement): ReactNode {
  const t = useWords('records')
  const { sums, invoice } = statement
  return (
    <section className="record__part" aria-label={t('who-paid')}>
      <h3>{t('who-paid')}</h3>
      <dl className="sums">
        <Entry name={t('total')} of={sums.total} look="strong" />
        {sums.funds.map(({ fund, name, paid }) => (
          <Entry key={fund} name={<Say text={name} />} of={paid} />
        ))}
        <Entry name={t('personal')} of={sums.personal} />
        <Entry name={t('account')} of={sums.account} look="part" />
        {sums.mutualAid !== '0.00' && <Entry name={t('mutual-aid')} of={sums.mutualAid} look="part" />}
        <Entry name={t('cash')} of={sums.cash} look="part" />
      </dl>
      <Sentences statement={statement} />
      <h4>{t('invoice')}</h4>
      <dl className="record__four">
        <Entry name={t('self-care')} of={invoice.selfCare} />
        <Entry name={t('own-expense')} of={invoice.ownExpense} />
        <Entry name={t('in-scope')} of={invoice.inScope} />
        <Entry name={t('self-pay')} of={invoice.selfPay} />
      </dl>
    </section>
  )
}

interface EntryProps {
  readonly name: ReactNode
  readonly of: Yuan
  readonly look?: 'plain' | 'strong' | 'part'
}

function Entry({ name, of, look = 'plain' }: EntryProps): ReactNode {
  return (
    <div className={`sums__entry sums__entry--${look}`}>
      <dt>{name}</dt>
      <dd>
        <Amount of={of} />
      </dd>
    </div>
  )
}

function Sentences({ statement: { state, sums, balance } }: OfStatement): ReactNode {
  const t = useWords('records')
  const shown = {
    total: grouped(sums.total),
    ownPay: grouped(sums.ownPay),
    overCeiling: grouped(sums.overCeiling),
    prePay: grouped(sums.prePay),
    inScope: grouped(sums.inScope),
    deductible: grouped(sums.deductible),
    fundPaid: grouped(sums.fundPaid),
    personal: grouped(sums.personal),
    account: grouped(sums.account),
    mutualAid: grouped(sums.mutualAid),
    cash: grouped(sums.cash)
  }
  return (
    <ul className="record__sentences">
      <li>{t('explain-total', shown)}</li>
      <li>{t(sums.fundPaid === '0.00' ? 'explain-funds-none' : 'explain-funds', shown)}</li>
      <li>{t(sums.mutualAid === '0.00' ? 'explain-person' : 'explain-family', shown)}</li>
      {balance === null && <li>{t('explain-centre')}</li>}
      {balance !== null && (
        <li>
          {balance.after === null
            ? t(state === 'in-doubt' ? 'explain-balance-open' : 'explain-balance-proved', { before: grouped(balance.before), account: grouped(sums.account) })
            : t('explain-balance', { before: grouped(balance.before), after: grouped(balance.after) })}
        </li>
      )}
    </ul>
  )
}
