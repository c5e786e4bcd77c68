/** The right of the screen: who pays what, live; the money; and the one button that goes on. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../../i18n/use-words.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { useShownBill } from '../use-shown-bill.ts'
import { CashDue } from './cash-due.tsx'
import { MainAction } from './main-action.tsx'
import { Settling } from './settling.tsx'
import { SplitList } from './split-list.tsx'
import { WhyButton } from './why-button.tsx'

export function SumsPane(): ReactNode {
  const t = useWords('outpatient')
  const { store } = useCounter()
  const bill = useShownBill()
  const isRunning = useStore(store, ({ settlement }) => settlement.state === 'running')
  // The host tells its steps only when one lasts: what is over in a blink needs no steps, and drawing them would be the wait.
  const isLong = useStore(useStores().progress) !== null
  const sums = bill?.outcome.state === 'computed' ? bill.outcome.sums : null
  return (
    <section className="counter__sums pane" aria-label={t('who-pays')}>
      <header className="pane__head">
        <h2>{t('who-pays')}</h2>
        {sums !== null && <span className="pane__note">{t('provisional')}</span>}
        <span className="pane__space" />
        <WhyButton ready={sums !== null} />
      </header>
      {isRunning && isLong ? (
        <Settling />
      ) : (
        <>
          <SplitList sums={sums} useAccount={bill?.useAccount ?? '1'} withheld={bill?.sale?.withheldLines ?? 0} />
          <CashDue sums={sums} />
        </>
      )}
      <MainAction />
    </section>
  )
}
