/** One screen for one patient after the other: card, bill, money, side by side. No page changes on the way. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { outpatient } from '../../i18n/outpatient.ts'
import { addWords } from '../../i18n/words.ts'
import { ResolvedNotice } from '../../in-doubt/resolved-notice.tsx'
import { ResultPane } from '../../result/result-pane.tsx'
import { useStores } from '../../terminal/terminal-context.tsx'
import { BillPane } from './bill/bill-pane.tsx'
import { useCounter } from './counter-context.tsx'
import { CardWaits } from './card-waits.tsx'
import { HostNotice } from './host-notice.tsx'
import { OnTop } from './on-top.tsx'
import { PatientPane } from './patient/patient-pane.tsx'
import { ReaderBeside } from './reader-beside.tsx'
import { SumsPane } from './sums/sums-pane.tsx'
import { useReturn } from './use-return.ts'

addWords('outpatient', outpatient)

export function OutpatientScreen(): ReactNode {
  const { store, actions } = useCounter()
  const { bill } = useStores()
  useReturn(({ picking }) => {
    const { head, order } = bill.getState()
    if (head === null || picking) return 'queue'
    return order.length === 0 ? 'search' : 'action'
  })
  const settlement = useStore(store, (state) => state.settlement)
  const readerOpen = useStore(store, (state) => state.readerOpen)
  return (
    <div className="outpatient">
      <div className="outpatient__notices">
        <HostNotice />
        <CardWaits />
        <ResolvedNotice />
      </div>
      <div className={`counter${readerOpen ? ' counter--reader' : ''}`}>
      <PatientPane />
      {settlement.state === 'done' ? (
        <ResultPane statement={settlement.statement} received={settlement.cash} next={() => void actions.nextPatient()} />
      ) : (
        <>
          <BillPane />
          <SumsPane />
        </>
      )}
      {readerOpen && <ReaderBeside />}
      </div>
      <OnTop />
    </div>
  )
}
