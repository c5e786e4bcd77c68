/** One settlement: how it stands, who paid what and why, its lines, its proof, its paper, and taking it back. */

import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { RecordRow, StatementView } from '../../../electron/contract/settlement-view.ts'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { LoadFlow } from '../../load/load-flow.tsx'
import { RecordAmounts } from './record-amounts.tsx'
import { RecordConfirmation } from './record-confirmation.tsx'
import { RecordLines } from './record-lines.tsx'
import { RecordPrint } from './record-print.tsx'
import { RecordProof } from './record-proof.tsx'
import { openRecord } from './record-store.ts'
import { useRecords } from './records-context.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import { RefundNote } from './refund-note.tsx'
import { ReturnDialog } from './return-dialog.tsx'
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

const NOTHING = '0.00'

interface ShownProps {
  readonly statement: StatementView
  readonly reload: () => Promise<void>
}

function Shown({ statement, reload }: ShownProps): ReactNode {
  const t = useWords('records')
  const { replace, again } = useRecords()
  const [isRefunding, setRefunding] = useState(false)
  const [isLoading, setLoading] = useState(false)
  const [isReturning, setReturning] = useState(false)
  const mayRefund = statement.state === 'settled'
  // Of one that was taken back, what stays may still have to be settled anew.
  const mayReturn = (mayRefund || statement.state === 'refunded') && statement.sale !== null
  const returnWord = t(mayRefund ? 'return-packs' : 'return-rest')
  const owedToCard = statement.refund?.owedToCard ?? NOTHING
  const mayLoad = owedToCard !== NOTHING && statement.refund?.confirmation.state !== 'never-booked'
  useHotkey('F7', t('refund'), () => setRefunding(true), mayRefund)
  useHotkey('Shift+F7', returnWord, () => setReturning(true), mayReturn)
  useHotkey('F7', t('load-now'), () => setLoading(true), mayLoad)
  const refunded = (row: RecordRow): void => {
    replace(row)
    void reload()
  }
  const loaded = (): void => {
    again()
    void reload()
  }
  return (
    <>
      <div className="record__scroll">
        <Head statement={statement} />
        {statement.state === 'in-doubt' && <InDoubt settlementId={statement.settlementId} />}
        {statement.state !== 'in-doubt' && <RecordConfirmation confirmation={statement.confirmation} />}
        {statement.refund !== null && <RefundNote refund={statement.refund} />}
        <RecordAmounts statement={statement} />
        <RecordLines lines={statement.lines} />
        <RecordProof statement={statement} />
      </div>
      <div className="record__foot">
        <RecordPrint statement={statement} printed={reload} />
        {mayReturn && (
          <Button hotkey="Shift+F7" onClick={() => setReturning(true)}>
            {returnWord}
          </Button>
        )}
        {mayRefund && (
          <Button look="danger" hotkey="F7" onClick={() => setRefunding(true)}>
            {t('refund')}
          </Button>
        )}
        {mayLoad && (
          <Button look="primary" hotkey="F7" onClick={() => setLoading(true)}>
            {t('load-now')}
          </Button>
        )}
      </div>
      {isRefunding && <RefundDialog statement={statement} close={() => setRefunding(false)} refunded={refunded} loaded={loaded} />}
      {isReturning && <ReturnDialog statement={statement} close={() => setReturning(false)} returned={loaded} />}
      {isLoading && (
        <LoadFlow owed={{ owed: statement.settlementId, amount: owedToCard, name: statement.holder.name }} close={() => setLoading(false)} loaded={loaded} />
      )}
    </>
  )
}

function Head({ statement: { state, refund, confirmation, holder, visit, settlementId, settledAt } }: { readonly statement: StatementView }): ReactNode {
  const t = useWords('records')
  return (
    <div className="record__head">
      <div className="record__who">
        <strong>{holder.name}</strong>
        <span className="record__number">{holder.cardNumber}</span>
        <span className="pane__space" />
        <StateMark state={state} owed={refund?.owedToCard ?? NOTHING} loaded={refund?.loaded?.amount ?? NOTHING} centre={confirmation.state} />
      </div>
      <p className="record__when">
        <time dateTime={settledAt.replace(' ', 'T')}>{settledAt}</time>
        {[visit.department, visit.doctor].filter((text) => text !== '').map((text) => ` · ${text}`)}
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
