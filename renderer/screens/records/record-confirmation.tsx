/** What the centre says of a settlement: not confirmed yet, booked, booked otherwise, sent back, never booked. */

import type { ReactNode } from 'react'
import { never } from '../../../base/invariant.ts'
import type { ConfirmationView } from '../../../electron/contract/settlement-view.ts'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Due } from '../../components/due.tsx'
import { Say } from '../../components/say.tsx'
import { useGoTo } from '../../frame/go-to.ts'
import { useWords } from '../../i18n/use-words.ts'

export function RecordConfirmation({ confirmation }: { readonly confirmation: ConfirmationView }): ReactNode {
  const t = useWords('records')
  return (
    <section className={`record__centre record__centre--${confirmation.state}`} aria-label={t('confirmation')}>
      <Said confirmation={confirmation} />
    </section>
  )
}

function Said({ confirmation }: { readonly confirmation: ConfirmationView }): ReactNode {
  const t = useWords('records')
  const goTo = useGoTo()
  switch (confirmation.state) {
    case 'provisional':
      return <p>{t('provisional')}</p>
    case 'confirmed':
      return <p>{t('confirmed', { time: confirmation.setlTime, number: confirmation.setlId })}</p>
    case 'adjusted':
      return (
        <>
          <p>
            {t('adjusted', { time: confirmation.setlTime, number: confirmation.setlId })} <Say text={confirmation.reason} />
          </p>
          <Splits confirmation={confirmation} />
          <p>
            <Due due={confirmation.due} />
          </p>
        </>
      )
    case 'parked':
      return (
        <>
          <p>
            <strong>{t('parked')}</strong> <Say text={confirmation.what} />
          </p>
          <Button onClick={() => goTo({ screen: 'sync' })}>{t('go-sync')}</Button>
        </>
      )
    case 'never-booked':
      return (
        <p>
          <strong>{t('never-booked')}</strong> <Say text={confirmation.what} />
        </p>
      )
    default:
      return never(confirmation)
  }
}

function Splits({ confirmation: { stated, booked } }: { readonly confirmation: Extract<ConfirmationView, { readonly state: 'adjusted' }> }): ReactNode {
  const t = useWords('records')
  return (
    <table className="two-splits">
      <thead>
        <tr>
          <th scope="col">{t('whose')}</th>
          <th scope="col">{t('funds')}</th>
          <th scope="col">{t('account')}</th>
          <th scope="col">{t('cash')}</th>
        </tr>
      </thead>
      <tbody>
        {([['stated', stated], ['booked', booked]] as const).map(([whose, split]) => (
          <tr key={whose}>
            <th scope="row">{t(whose)}</th>
            <td>
              <Amount of={split.fundPaid} />
            </td>
            <td>
              <Amount of={split.account} />
            </td>
            <td>
              <Amount of={split.cash} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
