/** Settlements that the centre booked with other amounts: both splits side by side, and what is left to do. */

import type { ReactNode } from 'react'
import type { AdjustedRow, SplitView } from '../../../electron/contract/sync-view.ts'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Due } from '../../components/due.tsx'
import { Say } from '../../components/say.tsx'
import { useGoTo } from '../../frame/go-to.ts'
import { useWords } from '../../i18n/use-words.ts'

export function AdjustedPane({ rows }: { readonly rows: readonly AdjustedRow[] }): ReactNode {
  const t = useWords('sync')
  return (
    <section className="adjusted pane" aria-label={t('adjusted')}>
      <header className="pane__head">
        <h2>{t('adjusted')}</h2>
        <span className="pane__note">{t('adjusted-hint')}</span>
      </header>
      {rows.map((row) => (
        <Adjusted key={row.settlementId} row={row} />
      ))}
    </section>
  )
}

function Adjusted({ row }: { readonly row: AdjustedRow }): ReactNode {
  const t = useWords('sync')
  const goTo = useGoTo()
  return (
    <article className="adjusted__row">
      <header>
        <strong>{row.name}</strong> <span>{row.visitNo}</span>
        <span className="pane__space" />
        <Due due={row.due} />
        <Button look="quiet" onClick={() => goTo({ screen: 'records', record: row.settlementId })}>
          {t('open-record')}
        </Button>
      </header>
      <p className="said">
        <Say text={row.reason} />
      </p>
      <table className="two-splits">
        <thead>
          <tr>
            <th scope="col">{t('whose')}</th>
            <th scope="col">{t('fund')}</th>
            <th scope="col">{t('account')}</th>
            <th scope="col">{t('cash')}</th>
          </tr>
        </thead>
        <tbody>
          <Split name={t('stated')} split={row.stated} />
          <Split name={t('booked')} split={row.booked} />
        </tbody>
      </table>
    </article>
  )
}

function Split({ name, split }: { readonly name: string; readonly split: SplitView }): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
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
  )
}
