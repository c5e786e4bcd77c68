/** A settlement that is booked: what was paid by whom, what is handed back, the number; the statement; and the next patient. */

import { useEffect, useRef, type ReactNode } from 'react'
import type { StatementView } from '../../electron/contract/settlement-view.ts'
import { Amount, writtenOut } from '../components/amount.tsx'
import { Button } from '../components/button.tsx'
import { Say } from '../components/say.tsx'
import { result } from '../i18n/result.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import type { Received } from '../screens/outpatient/counter.ts'
import { PrintButtons } from './print-buttons.tsx'

addWords('result', result)

interface ResultPaneProps {
  readonly statement: StatementView
  readonly received: Received
  readonly next: () => void
}

export function ResultPane({ statement, received, next }: ResultPaneProps): ReactNode {
  const t = useWords('result')
  const button = useRef<HTMLButtonElement>(null)
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    // Cash and change are what is wanted now, on a small screen too: the button's key works from anywhere.
    pane.current?.scrollIntoView({ block: 'start' })
    button.current?.focus({ preventScroll: true })
  }, [])
  useHotkey('F10', t('next'), next)
  useHotkey('Enter', t('next'), next)
  return (
    <section ref={pane} className="counter__result pane" aria-label={t('title')}>
      <div className="result__head" role="status">
        <span className="result__mark" aria-hidden="true">
          {'\u2713'}
        </span>
        <div>
          <h2>{t('title')}</h2>
          <p>
            {statement.holder.name} · {statement.visit.visitNo}
          </p>
        </div>
        <span className="pane__note">{t('provisional')}</span>
      </div>
      <div className="result__money">
        <Money name={t('cash')}>
          <Amount of={statement.sums.cash} mark />
        </Money>
        {received.text !== '' && (
          <Money name={t('received')}>
            <Amount of={writtenOut(received.text)} mark />
          </Money>
        )}
        {received.change !== null && (
          <Money name={t('change')} strong>
            <Amount of={received.change} mark />
          </Money>
        )}
      </div>
      <div className="result__lists">
        <section>
          <h3>{t('paid-by')}</h3>
          <Sums statement={statement} />
        </section>
        <section>
          <h3>{t('invoice')}</h3>
          <Invoice statement={statement} />
        </section>
      </div>
      <Numbers statement={statement} />
      <div className="result__foot">
        <PrintButtons settlementId={statement.settlementId} />
        <Button ref={button} look="primary" hotkey="F10" className="main-action__button" onClick={next}>
          {t('next')}
        </Button>
      </div>
    </section>
  )
}

function Money({ name, strong = false, children }: { readonly name: string; readonly strong?: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <div className={`result__sum${strong ? ' result__sum--strong' : ''}`}>
      <span>{name}</span>
      <strong>{children}</strong>
    </div>
  )
}

function Sums({ statement: { sums, balance } }: { readonly statement: StatementView }): ReactNode {
  const t = useWords('result')
  return (
    <dl className="split">
      <Pair name={t('total')}>
        <Amount of={sums.total} />
      </Pair>
      {sums.funds.map(({ fund, name, paid }) => (
        <Pair key={fund} name={<Say text={name} />}>
          <Amount of={paid} />
        </Pair>
      ))}
      <Pair name={t('account')}>
        <Amount of={sums.account} />
      </Pair>
      {balance !== null && (
        <Pair name={t('balance')} strong>
          <Amount of={balance.after} />
        </Pair>
      )}
    </dl>
  )
}

function Invoice({ statement: { invoice } }: { readonly statement: StatementView }): ReactNode {
  const t = useWords('result')
  return (
    <dl className="split">
      <Pair name={t('self-care')}>
        <Amount of={invoice.selfCare} />
      </Pair>
      <Pair name={t('own-expense')}>
        <Amount of={invoice.ownExpense} />
      </Pair>
      <Pair name={t('in-scope')}>
        <Amount of={invoice.inScope} />
      </Pair>
      <Pair name={t('self-pay')}>
        <Amount of={invoice.selfPay} />
      </Pair>
    </dl>
  )
}

function Pair({ name, strong = false, children }: { readonly name: ReactNode; readonly strong?: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <div className={`split__row${strong ? ' split__row--strong' : ''}`}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Numbers({ statement: { settlementId, settledAt, ledger } }: { readonly statement: StatementView }): ReactNode {
  const t = useWords('result')
  return (
    <dl className="result__numbers">
      <div>
        <dt>{t('number')}</dt>
        <dd>{settlementId}</dd>
      </div>
      <div>
        <dt>{t('settled-at')}</dt>
        <dd>{settledAt}</dd>
      </div>
      <div>
        <dt>{t('ledger')}</dt>
        <dd>
          {ledger.sequence}:{ledger.hash}
        </dd>
      </div>
    </dl>
  )
}
