/**
 * Settlements in doubt: the card may have been charged, and only the same card's log can say, after its PIN. What happened, what
 * to do, how much; and when the card has answered, what became of it.
 */

import { useEffect, useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { InDoubtView, ResolutionView } from '../../electron/contract/settlement-view.ts'
import { Amount } from '../components/amount.tsx'
import { Button } from '../components/button.tsx'
import { CloseButton } from '../components/close-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { RefusalNote } from '../components/refusal-note.tsx'
import { inDoubt } from '../i18n/in-doubt.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { useStores } from '../terminal/terminal-context.tsx'
import { ResolutionText } from './resolution-text.tsx'
import { useWaitsForPin } from './use-waits-for-pin.ts'

addWords('in-doubt', inDoubt)

interface InDoubtDialogProps {
  readonly enterPin: () => void
  readonly close: () => void
}

export function InDoubtDialog({ enterPin, close }: InDoubtDialogProps): ReactNode {
  const t = useWords('in-doubt')
  const stores = useStores()
  const open = useStore(stores.inDoubt)
  const resolutions = useStore(stores.resolutions)
  const waits = useWaitsForPin()
  const waiting = waits ? open.filter(({ needsPin }) => needsPin) : []
  // What waits for the PIN stands below with what to do about it.
  const told = resolutions.filter(({ settlementId }) => !waiting.some((hold) => hold.settlementId === settlementId))
  return (
    <Dialog title={open.length === 0 ? t('title-closed') : t('title', { n: open.length })} width="36rem" close={close}>
      <div className="doubt">
        {told.map((resolution) => (
          <Resolution key={resolution.settlementId} resolution={resolution} />
        ))}
        {open.length === 0 && told.length === 0 && <p>{t('none')}</p>}
        {open.map((hold) => (
          <Hold key={hold.settlementId} hold={hold} waits={waiting.includes(hold)} />
        ))}
      </div>
      {waits ? <ProveFoot enterPin={enterPin} close={close} /> : <CloseButton close={close} />}
    </Dialog>
  )
}

/** The card is there: the button that goes on has the keyboard. */
function ProveFoot({ enterPin, close }: InDoubtDialogProps): ReactNode {
  const t = useWords('in-doubt')
  const common = useWords('common')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  useHotkey('F10', t('enter-pin'), enterPin)
  return (
    <div className="dialog__foot">
      <Button hotkey="Esc" onClick={close}>
        {common('close')}
      </Button>
      <Button ref={button} look="primary" hotkey="F10" onClick={enterPin}>
        {t('enter-pin')}
      </Button>
    </div>
  )
}

interface HoldProps {
  readonly hold: InDoubtView
  /** Its card lies in the reader, and only the PIN is missing. */
  readonly waits: boolean
}

function Hold({ hold, waits }: HoldProps): ReactNode {
  const t = useWords('in-doubt')
  const isLoad = hold.kind === 'load'
  return (
    <section className="doubt__hold" aria-label={hold.settlementId}>
      <header>
        <strong>{hold.name}</strong> <span>{hold.maskedCard}</span>
        <span className="pane__space" />
        <time>{hold.since}</time>
      </header>
      <RefusalNote refusal={hold.refusal} tone="quiet" />
      <ol className="doubt__steps">
        <li aria-current={waits ? undefined : 'step'}>{t(isLoad ? 'step-load-card' : 'step-card')}</li>
        <li aria-current={waits ? 'step' : undefined}>{t(isLoad ? 'step-load-pin' : 'step-pin')}</li>
        <li>{t('step-wait')}</li>
      </ol>
      <dl className="doubt__sums">
        {isLoad ? (
          <Sum name={t('load')} amount={hold.account} />
        ) : (
          <>
            <Sum name={t('total')} amount={hold.total} />
            <Sum name={t('account')} amount={hold.account} />
            <Sum name={t('cash')} amount={hold.cash} />
          </>
        )}
      </dl>
      <p className="doubt__number">
        {hold.visitNo} · {hold.settlementId}
      </p>
    </section>
  )
}

function Sum({ name, amount }: { readonly name: string; readonly amount: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Amount of={amount} mark />
      </dd>
    </div>
  )
}

function Resolution({ resolution }: { readonly resolution: ResolutionView }): ReactNode {
  return (
    <div className={`resolution resolution--${resolution.outcome}`} role="status">
      <ResolutionText resolution={resolution} />
    </div>
  )
}
