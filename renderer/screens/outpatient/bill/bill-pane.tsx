/** The middle of the screen: the open bill, or the queue to take one from. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { BillHead } from '../../../stores/bill-store.ts'
import { Button } from '../../../components/button.tsx'
import { DropButton } from '../../../components/drop-button.tsx'
import { RefusalNote } from '../../../components/refusal-note.tsx'
import { Say } from '../../../components/say.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { AddLine } from './add-line.tsx'
import { BillGrid } from './bill-grid.tsx'
import { Picking } from './picking.tsx'
import { useLoss } from './use-loss.ts'

export function BillPane(): ReactNode {
  const { store } = useCounter()
  const head = useStore(useStores().bill, (state) => state.head)
  const picking = useStore(store, (state) => state.picking)
  const isRunning = useStore(store, ({ settlement }) => settlement.state === 'running')
  // The host closes the bill a moment before it hands out the result: no queue flashes up in between.
  if (isRunning && head === null) return <section className="counter__bill pane" />
  return head === null || picking ? <Picking /> : <OpenBill head={head} frozen={isRunning} />
}

interface OpenBillProps {
  readonly head: BillHead
  /** It is being settled: what is on the screen is what is charged. */
  readonly frozen: boolean
}

function OpenBill({ head, frozen }: OpenBillProps): ReactNode {
  const t = useWords('outpatient')
  const { store, actions } = useCounter()
  const lines = useStore(useStores().bill, ({ order }) => order.length)
  const loss = useLoss()
  const pickOther = (): void => store.setState({ picking: true, wanted: 'queue' })
  useHotkey('F6', t('queue'), pickOther, !frozen)
  useHotkey('F8', t('edit-lines'), () => store.setState({ wanted: 'grid' }), lines > 0 && !frozen)
  return (
    <section className="counter__bill pane" aria-label={t('bill')} inert={frozen}>
      <header className="pane__head">
        <div className="pane__title">
          <h2>
            {head.visit.patient === '' ? t('nobody-named') : head.visit.patient} <OtherName bill={head} />
          </h2>
          <span className="pane__note">
            <Say text={head.visit.visitType.name} /> · {visitWords(head)}
          </span>
        </div>
        <Button look="quiet" hotkey="F6" onClick={pickOther}>
          {t('queue')}
        </Button>
        <DropButton
          label={t('close-bill')}
          loss={loss}
          frozen={frozen}
          drop={() => void actions.closeBill()}
        />
      </header>
      {lines === 0 ? <NoLines /> : <BillGrid />}
      <BillRefusals />
      <div className="pane__foot">
        <AddLine />
        <span className="pane__note">{t('line-count', { count: lines })}</span>
      </div>
    </section>
  )
}

const visitWords = ({ visit }: BillHead): string =>
  [visit.visitNo, visit.department, visit.doctor, visit.begins.slice(5, 16), visit.disease].filter((part) => part !== '').join(' · ')

/** Two names that differ are shown as such: whose card it is, the person at the counter sees and the program does not. */
function OtherName({ bill: { visit, madeFor } }: { readonly bill: BillHead }): ReactNode {
  const t = useWords('outpatient')
  const holder = useStore(useStores().panel, (panel) => (panel?.state === 'ready' ? panel.card.holder.name : null))
  const isOther = visit.patient !== '' && holder !== null && holder !== visit.patient
  if (madeFor === null && !isOther) return null
  return (
    <span className="other-name" role="status">
      {madeFor === null ? t('other-name') : t('made-for', { madeFor })}
    </span>
  )
}

function NoLines(): ReactNode {
  const t = useWords('outpatient')
  return (
    <div className="calm">
      <p className="calm__title">{t('no-lines')}</p>
      <p className="calm__text">{t('no-lines-hint')}</p>
    </div>
  )
}

/** Of the cell that is edited, or of the last change of the bill. */
function BillRefusals(): ReactNode {
  const { store, grid } = useCounter()
  const ofBill = useStore(store, (state) => state.billRefusal)
  const ofCell = useStore(grid, (state) => state.refused?.refusal ?? null)
  const refusal = ofCell ?? ofBill
  return refusal === null ? null : <RefusalNote refusal={refusal} />
}
