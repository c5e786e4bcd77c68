/** One screen for one customer after the other: card, drugs, money, side by side. Scanner and keyboard; no page changes on the way. */

import { useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { outpatient } from '../../i18n/outpatient.ts'
import { pharmacy } from '../../i18n/pharmacy.ts'
import { useWords } from '../../i18n/use-words.ts'
import { addWords } from '../../i18n/words.ts'
import { ResolvedNotice } from '../../in-doubt/resolved-notice.tsx'
import { ResultPane } from '../../result/result-pane.tsx'
import { useScan } from '../../scan/use-scan.tsx'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { CardWaits } from '../outpatient/card-waits.tsx'
import { HostNotice } from '../outpatient/host-notice.tsx'
import { OnTop } from '../outpatient/on-top.tsx'
import { PatientPane } from '../outpatient/patient/patient-pane.tsx'
import { ReaderBeside } from '../outpatient/reader-beside.tsx'
import { SumsPane } from '../outpatient/sums/sums-pane.tsx'
import { useReturn } from '../outpatient/use-return.ts'
import { PersonNotes } from './person-notes.tsx'
import { createSaleActions } from './sale-actions.ts'
import { SecondPrescription } from './second-prescription.tsx'
import { SalePane } from './sale-pane.tsx'
import { saleStoreOf } from './sale-store.ts'
import { SaleContext, useSale, type Sale } from './use-sale.ts'
import './pharmacy.css'

addWords('outpatient', outpatient)
addWords('pharmacy', pharmacy)

export function PharmacyScreen(): ReactNode {
  const counter = useCounter()
  const stores = useStores()
  const made = useMemo<Sale>(() => {
    const { store, grid, lane, actions } = counter
    const sale = saleStoreOf(store)
    return { sale, actions: createSaleActions({ stores, store, sale, grid, lane, counter: actions }) }
  }, [counter, stores])
  return (
    <SaleContext value={made}>
      <Screen sale={made} />
    </SaleContext>
  )
}

function Screen({ sale: { sale, actions } }: { readonly sale: Sale }): ReactNode {
  const t = useWords('pharmacy')
  const { store, actions: counter } = useCounter()
  const settlement = useStore(store, (state) => state.settlement)
  const readerOpen = useStore(store, (state) => state.readerOpen)
  const { bill } = useStores()
  useReturn(() => (sale.getState().prescribing !== 'closed' ? 'prescription' : bill.getState().order.length > 0 ? 'grid' : 'search'))
  // The next customer's drugs do not wipe what is to be handed back to this one.
  const isTaken = settlement.state === 'done' || settlement.state === 'running'
  useScan(t('scan-sale'), (text) => (isTaken ? sale.setState(({ heldBack }) => ({ heldBack: heldBack + 1 })) : void actions.scan(text)))
  const next = (): void => {
    sale.setState({ heldBack: 0 })
    void counter.nextPatient()
  }
  return (
    <div className="outpatient pharmacy">
      <div className="outpatient__notices">
        <HostNotice />
        <CardWaits />
        <ResolvedNotice />
        <HeldBack />
      </div>
      <div className={`counter${readerOpen ? ' counter--reader' : ''}`}>
        <PatientPane notes={<PersonNotes />} />
        {settlement.state === 'done' ? (
          <ResultPane statement={settlement.statement} received={settlement.cash} next={next} />
        ) : (
          <>
            <SalePane />
            <SumsPane />
          </>
        )}
        {readerOpen && <ReaderBeside />}
      </div>
      <OnTop />
      <SecondPrescription />
    </div>
  )
}

function HeldBack(): ReactNode {
  const t = useWords('pharmacy')
  const { store } = useCounter()
  const { sale } = useSale()
  const times = useStore(sale, ({ heldBack }) => heldBack)
  const isDone = useStore(store, ({ settlement }) => settlement.state === 'done')
  if (times === 0 || !isDone) return null
  return (
    <div key={times} className="notice notice--restarting" role="alert">
      <p className="notice__what">{t('scan-held-back')}</p>
    </div>
  )
}
