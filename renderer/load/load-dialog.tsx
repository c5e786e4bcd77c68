/** The three steps of a load, what is wanted now, and at the end what the card has. */

import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import type { LoadView } from '../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../electron/contract/text.ts'
import { Amount } from '../components/amount.tsx'
import { Button } from '../components/button.tsx'
import { CloseButton } from '../components/close-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { RefusalNote } from '../components/refusal-note.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import type { Owed } from './owed.ts'
import './load.css'

interface LoadDialogProps {
  readonly owed: Owed
  readonly connected: boolean
  /** What is in the reader: nothing, the card that it is owed to, another one. */
  readonly place: 'none' | 'right' | 'other'
  readonly verified: boolean
  readonly busy: boolean
  readonly refusal: RefusalView | null
  readonly done: LoadView | null
  readonly start: () => void
  readonly close: () => void
}

export function LoadDialog(props: LoadDialogProps): ReactNode {
  const t = useWords('load')
  const { owed, done, close, busy } = props
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Dialog title={t('title')} width="30rem" close={busy ? () => undefined : close} focus={() => button.current?.focus()}>
      <div className="load">
        <p className="load__owed">
          {done === null ? t('owed') : t('added')} <Amount of={owed.amount} mark />
        </p>
        <Steps {...props} />
        {done === null ? <Asking {...props} button={button} /> : <Done load={done} />}
        {done !== null && <CloseButton close={close} />}
      </div>
    </Dialog>
  )
}

const STEPS = ['card', 'pin', 'write'] as const

function Steps({ owed, place, verified, busy, done }: LoadDialogProps): ReactNode {
  const t = useWords('load')
  const now = done !== null ? STEPS.length : busy ? 2 : place !== 'right' ? 0 : verified ? 2 : 1
  return (
    <ol className="load__steps">
      {STEPS.map((step, index) => {
        const standing = index < now ? 'done' : index === now ? 'now' : 'later'
        return (
          <li key={step} className={`load__step load__step--${standing}`} aria-current={standing === 'now' ? 'step' : undefined}>
            <span aria-hidden="true">{standing === 'done' ? '✓' : index + 1}</span>
            <span>
              {t(`step-${step}`, { name: owed.name })}
              <span className="unseen"> {t(`step-${standing}`)}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function Asking({ owed, connected, place, verified, busy, refusal, start, close, button }: LoadDialogProps & { readonly button: RefObject<HTMLButtonElement | null> }): ReactNode {
  const t = useWords('load')
  const may = connected && place === 'right' && !busy
  useHotkey('F10', t('start'), start, may)
  useEffect(() => {
    if (may) button.current?.focus()
  }, [may, button])
  const hint = !connected ? t('no-centre') : busy ? t('writing') : place === 'none' ? t('insert-card') : place === 'other' ? t('other-card', { name: owed.name }) : null
  return (
    <>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <p className="load__hint" role="status">
        {hint}
      </p>
      <p className="load__later">{t('later-text')}</p>
      <div className="dialog__foot">
        <Button hotkey="Esc" aria-disabled={busy} onClick={busy ? undefined : close}>
          {t('later')}
        </Button>
        <Button ref={button} look="primary" hotkey="F10" aria-disabled={!may} onClick={may ? start : undefined}>
          {refusal !== null && verified ? t('again') : verified ? t('start') : t('enter-pin')}
        </Button>
      </div>
    </>
  )
}

function Done({ load: { balanceBefore, balanceAfter } }: { readonly load: LoadView }): ReactNode {
  const t = useWords('load')
  return (
    <div className="load__done" role="status">
      <p className="load__title">
        <span aria-hidden="true">✓ </span>
        {t('done')}
      </p>
      <dl className="load__balances">
        <Balance name={t('before')} of={balanceBefore} />
        <Balance name={t('after')} of={balanceAfter} />
      </dl>
    </div>
  )
}

function Balance({ name, of }: { readonly name: string; readonly of: Yuan }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Amount of={of} mark />
      </dd>
    </div>
  )
}
