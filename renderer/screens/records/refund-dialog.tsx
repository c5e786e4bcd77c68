/**
 * Taking a whole settlement back. It says beforehand what will happen to each part of the money, wants a reason, and asks
 * nothing of the card. What the chip paid is owed to it then, and goes back by a load: at once, or when the card comes again.
 */

import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { RecordRow, StatementView } from '../../../electron/contract/settlement-view.ts'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useTerminal } from '../../terminal/terminal-context.tsx'
import { LoadFlow } from '../../load/load-flow.tsx'
import { RefundSteps } from './refund-steps.tsx'

interface RefundDialogProps {
  readonly statement: StatementView
  readonly close: () => void
  readonly refunded: (row: RecordRow) => void
  readonly loaded: () => void
}

export function RefundDialog({ statement, close, refunded, loaded }: RefundDialogProps): ReactNode {
  const t = useWords('records')
  const [done, setDone] = useState<RecordRow | null>(null)
  const [loading, setLoading] = useState(false)
  const reason = useRef<HTMLInputElement>(null)
  const finish = (row: RecordRow): void => {
    setDone(row)
    refunded(row)
  }
  if (loading && done !== null) {
    const owed = { owed: done.settlementId, amount: done.owedToCard, name: done.name }
    return <LoadFlow owed={owed} close={close} loaded={loaded} />
  }
  return (
    <Dialog title={t('refund-title')} width="34rem" close={close} focus={() => reason.current?.focus()}>
      {done === null ? <Ask statement={statement} close={close} finish={finish} reason={reason} /> : <Done row={done} close={close} load={() => setLoading(true)} />}
    </Dialog>
  )
}

interface AskProps {
  readonly statement: StatementView
  readonly close: () => void
  readonly finish: (row: RecordRow) => void
  readonly reason: RefObject<HTMLInputElement | null>
}

function Ask({ statement, close, finish, reason }: AskProps): ReactNode {
  const t = useWords('records')
  const terminal = useTerminal()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView | null>(null)
  const confirm = useRef<HTMLButtonElement>(null)
  const may = text.trim() !== '' && !busy
  const refund = async (): Promise<void> => {
    if (!may) return
    setBusy(true)
    setRefusal(null)
    const answer = await terminal.call('records.refund', { settlementId: statement.settlementId, reason: text.trim() })
    setBusy(false)
    if (answer.ok) finish(answer.value)
    else setRefusal(answer.error)
  }
  return (
    <div className="refund">
      <p className="refund__who">
        <strong>{statement.holder.name}</strong> {statement.holder.cardNumber} · {statement.settledAt} · <Amount of={statement.sums.total} mark />
      </p>
      <RefundSteps sums={statement.sums} isRefused={statement.confirmation.state === 'parked'} />
      <ReasonField text={text} change={setText} toConfirm={() => confirm.current?.focus()} box={reason} />
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {t('not-now')}
        </Button>
        <ConfirmButton may={may} busy={busy} refund={() => void refund()} button={confirm} />
      </div>
    </div>
  )
}

interface ConfirmButtonProps {
  readonly may: boolean
  readonly busy: boolean
  readonly refund: () => void
  readonly button: RefObject<HTMLButtonElement | null>
}

function ConfirmButton({ may, busy, refund, button }: ConfirmButtonProps): ReactNode {
  const t = useWords('records')
  useHotkey('F10', t('refund-confirm'), refund, may)
  return (
    <Button ref={button} look="danger" hotkey="F10" aria-disabled={!may} onClick={refund}>
      {busy ? t('refunding') : t('refund-confirm')}
    </Button>
  )
}

const REASON_MAX = 200
const REASONS = ['reason-repeat', 'reason-drug', 'reason-visit', 'reason-wrong'] as const

interface ReasonFieldProps {
  readonly text: string
  readonly change: (text: string) => void
  readonly toConfirm: () => void
  readonly box: RefObject<HTMLInputElement | null>
}

/** Enter goes on to the button and does not press it: nothing is taken back by a stray key. */
function ReasonField({ text, change, toConfirm, box }: ReasonFieldProps): ReactNode {
  const t = useWords('records')
  return (
    <div className="refund__reason">
      <label htmlFor="refund-reason">{t('reason')}</label>
      <input
        ref={box}
        id="refund-reason"
        className="field"
        value={text}
        maxLength={REASON_MAX}
        required
        autoComplete="off"
        aria-describedby="refund-reason-hint"
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          toConfirm()
        }}
      />
      <span className="refund__hint" id="refund-reason-hint">
        {t('reason-hint')} · {text.length}/{REASON_MAX}
      </span>
      <div className="refund__reasons">
        {REASONS.map((word) => (
          <Button
            key={word}
            look="quiet"
            onClick={() => {
              change(t(word))
              toConfirm()
            }}
          >
            {t(word)}
          </Button>
        ))}
      </div>
    </div>
  )
}

interface DoneProps {
  readonly row: RecordRow
  readonly close: () => void
  readonly load: () => void
}

function Done({ row, close, load }: DoneProps): ReactNode {
  const t = useWords('records')
  const common = useWords('common')
  const button = useRef<HTMLButtonElement>(null)
  const isOwed = row.owedToCard !== '0.00'
  useHotkey('F10', t('load-now'), load, isOwed)
  useEffect(() => button.current?.focus(), [])
  return (
    <div className="refund" role="status">
      <p className="refund__done">
        <span aria-hidden="true">✓ </span>
        {t('refund-finished')}
      </p>
      <dl className="refund__result">
        <div>
          <dt>{t('hand-back')}</dt>
          <dd>
            <Amount of={row.cash} mark />
          </dd>
        </div>
        {isOwed && (
          <div>
            <dt>{t('owed-to-card')}</dt>
            <dd>
              <Amount of={row.owedToCard} mark />
            </dd>
          </div>
        )}
      </dl>
      {isOwed && <p>{t('refund-owed-note')}</p>}
      <div className="dialog__foot">
        <Button {...(!isOwed && { ref: button })} look={isOwed ? 'plain' : 'primary'} hotkey="Esc" onClick={close}>
          {isOwed ? t('load-later') : common('close')}
        </Button>
        {isOwed && (
          <Button ref={button} look="primary" hotkey="F10" onClick={load}>
            {t('load-now')}
          </Button>
        )}
      </div>
    </div>
  )
}
