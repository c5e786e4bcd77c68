/** One settlement: how it stands, who paid what and why, its lines, its proof, its paper, and taking it back. */

import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { RecordRow, StatementView } from '../../../electron/contract/settlement-view.ts'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { RecordAmounts } from './record-amounts.tsx'
import { RecordLines } from './record-lines.tsx'
import { RecordPrint } from './record-print.tsx'
import { RecordProof } from './record-proof.tsx'
import { openRecord } from './record-store.ts'
import { useRecords } from './records-context.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import { RefundNote } from './refund-note.tsx'
import { StateMark } from './state-mark.tsx'

interface RecordPaneProps {
  readonly settlementId: string
  readonly close: () => void
}

export function RecordPane({ settlementId, close }: RecordPaneProps): ReactNode {
  const t = useWords('records')
  const common = useWords('common')
  const terminal = useTerminal()
  const stores = useStores()
  const [record] = useState(() => openRecord(terminal, stores, settlementId))
  const { statement, refusal } = useStore(record.store)
  useEffect(() => record.start(), [record])
  return (
    <section className="record pane" aria-label={t('opened')} aria-busy={statement === null && refusal === null}>
      <header className="pane__head">
        <h2>{t('opened')}</h2>
        <span className="pane__space" />
        <Button look="quiet" hotkey="Esc" onClick={close}>
          {common('close')}
        </Button>
      </header>
      {statement === null && refusal === null && <Bones />}
      {refusal !== null && (
        <>
          <RefusalNote refusal={refusal} />
          <Button onClick={() => void record.reload()}>{common('retry')}</Button>
        </>
      )}
      {statement !== null && <Shown statement={statement} reload={record.reload} />}
    </section>
  )
}

interface ShownProps {
  readonly statement: StatementView
  readonly reload: () => Promise<void>
}

function Shown({ statement, reload }: ShownProps): ReactNode {
  const t = useWords('records')
  const { replace } = useRecords()
  const [isRefunding, setRefunding] = useState(false)
  const mayRefund = statement.state === 'settled'
  useHotkey('F7', t('refund'), () => setRefunding(true), mayRefund)
  const refunded = (row: RecordRow): void => {
    replace(row)
    void reload()
  }
  return (
    <>
      <div className="record__scroll">
        <Head statement={statement} />
        {statement.state === 'in-doubt' && <InDoubt settlementId={statement.settlementId} />}
        {statement.refund !== null && <RefundNote refund={statement.refund} />}
        <RecordAmounts statement={statement} />
        <RecordLines lines={statement.lines} />
        <RecordProof statement={statement} />
      </div>
      <div className="record__foot">
        <RecordPrint statement={statement} printed={reload} />
        {mayRefund && (
          <Button look="danger" hotkey="F7" onClick={() => setRefunding(true)}>
            {t('refund')}
          </Button>
        )}
      </div>
      {isRefunding && <RefundDialog statement={statement} close={() => setRefunding(false)} refunded={refunded} />}
    </>
  )
}

function Head({ statement: { state, refund, holder, visit, settlementId, settledAt } }: { readonly statement: StatementView }): ReactNode {
  const t = useWords('records')
  return (
    <div className="record__head">
      <div className="record__who">
        <strong>{holder.name}</strong>
        <span className="record__number">{holder.cardNumber}</span>
        <span className="pane__space" />
        <StateMark state={state} owed={refund?.owedToCard ?? '0.00'} />
      </div>
      <p className="record__when">
        <time dateTime={settledAt.replace(' ', 'T')}>{settledAt}</time> · {[visit.department, visit.doctor].filter((text) => text !== '').join(' · ')}
      </p>
      <dl className="record__numbers">
        <div>
          <dt>{t('settlement')}</dt>
          <dd>{settlementId}</dd>
        </div>
        <div>
          <dt>{t('visit')}</dt>
          <dd>{visit.visitNo}</dd>
        </div>
      </dl>
    </div>
  )
}

/** What the host says of this hold; it may have been closed a moment ago. */
function InDoubt({ settlementId }: { readonly settlementId: string }): ReactNode {
  const t = useWords('records')
  const hold = useStore(useStores().inDoubt, (holds) => holds.find((open) => open.settlementId === settlementId))
  return (
    <section className="record__doubt" role="status" aria-label={t('in-doubt-title')}>
      {hold === undefined ? <h3>{t('in-doubt-title')}</h3> : <RefusalNote refusal={hold.refusal} tone="quiet" />}
      <p>{t('in-doubt-text')}</p>
    </section>
  )
}

function Bones(): ReactNode {
  const t = useWords('records')
  return (
    <div role="status" aria-label={t('loading-record')}>
      <span className="bone bone--wide" />
      <span className="bone bone--line" />
      <span className="bone bone--line" />
      <span className="bone bone--line" />
    </div>
  )
}
