/**
 * Settlements in doubt: the card may have been charged, and only the same card can say. What happened, what to do, how much;
 * and when the card has answered, what became of it.
 */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { InDoubtView, ResolutionView } from '../../electron/contract/settlement-view.ts'
import { Amount } from '../components/amount.tsx'
import { Button } from '../components/button.tsx'
import { CloseButton } from '../components/close-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { RefusalNote } from '../components/refusal-note.tsx'
import { Say } from '../components/say.tsx'
import { inDoubt } from '../i18n/in-doubt.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useStores } from '../terminal/terminal-context.tsx'

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
  const mayEnterPin = useStore(stores.panel, (panel) => panel?.state === 'ready' && !panel.card.verified)
  return (
    <Dialog title={open.length === 0 ? t('title-closed') : t('title', { n: open.length })} width="36rem" close={close}>
      <div className="doubt">
        {resolutions.map((resolution) => (
          <Resolution key={resolution.settlementId} resolution={resolution} />
        ))}
        {open.length === 0 && resolutions.length === 0 && <p>{t('none')}</p>}
        {open.map((hold) => (
          <Hold key={hold.settlementId} hold={hold} enterPin={mayEnterPin ? enterPin : null} />
        ))}
      </div>
      <CloseButton close={close} />
    </Dialog>
  )
}

function Hold({ hold, enterPin }: { readonly hold: InDoubtView; readonly enterPin: (() => void) | null }): ReactNode {
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
        <li>{t(isLoad ? 'step-load-card' : 'step-card')}</li>
        {hold.needsPin && <li>{t(isLoad ? 'step-load-pin' : 'step-pin')}</li>}
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
      {hold.needsPin && enterPin !== null && (
        <Button look="primary" onClick={enterPin}>
          {t('enter-pin')}
        </Button>
      )}
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

function Resolution({ resolution: { kind, visitNo, outcome, text } }: { readonly resolution: ResolutionView }): ReactNode {
  const t = useWords('in-doubt')
  return (
    <div className={`resolution resolution--${outcome}`} role="status">
      <p className="resolution__what">{t(`${kind === 'load' ? 'load' : 'outcome'}-${outcome}`)}</p>
      <p>
        {visitNo} · <Say text={text} />
      </p>
    </div>
  )
}
