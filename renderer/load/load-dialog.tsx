/** The three steps of a load, what is wanted now, and at the end what the card has. */

import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { useStore } from 'zustand'
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
import { useStores } from '../terminal/terminal-context.tsx'
import type { Owed } from './owed.ts'
import type { Booked } from './use-booked.ts'
import './load.css'

interface LoadDialogProps {
  readonly owed: Owed
  readonly connected: boolean
  readonly booked: Booked
  /** What is in the reader: nothing, the card that it is owed to, another one. */
  readonly place: 'none' | 'right' | 'other'
  readonly verified: boolean
  readonly busy: boolean
  readonly refusal: RefusalView | null
  readonly done: LoadView | null
  readonly start: () => void
  /** Has what the centre has not booked sent now, and not when the outbox tries again by itself. */
  readonly hurry: () => void
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
          {done === null ? t('owed') : t('added')} <Amount of={done?.amount ?? owed.amount} mark />
        </p>
        {props.booked !== 'never' && <Steps {...props} />}
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

function Asking(props: LoadDialogProps & { readonly button: RefObject<HTMLButtonElement | null> }): ReactNode {
  const { connected, booked, place, verified, busy, refusal, start, hurry, close, button } = props
  const t = useWords('load')
  const common = useWords('common')
  const hint = useHint(props)
  const may = connected && booked === 'booked' && place === 'right' && !busy
  const isAway = useStore(useStores().sync, (sync) => sync?.link === 'network-down' || sync?.link === 'centre-down')
  const mayHurry = connected && booked === 'waiting' && isAway && !busy
  const run = may ? start : mayHurry ? hurry : undefined
  useHotkey('F10', t(mayHurry ? 'again' : 'start'), run ?? (() => undefined), run !== undefined)
  useEffect(() => {
    if (may) button.current?.focus()
  }, [may, button])
  return (
    <>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <p className="load__hint" role="status">
        {hint}
      </p>
      {refusal === null && booked !== 'never' && <p className="load__later">{t('later-text')}</p>}
      <div className="dialog__foot">
        <Button hotkey="Esc" aria-disabled={busy} onClick={busy ? undefined : close}>
          {booked === 'never' ? common('close') : t('later')}
        </Button>
        <Button ref={button} look="primary" hotkey="F10" aria-disabled={run === undefined} onClick={run}>
          {mayHurry || (refusal !== null && verified) ? t('again') : verified ? t('start') : t('enter-pin')}
        </Button>
      </div>
    </>
  )
}

/** What is waited for: of several things the one that nobody here can do comes last. */
function useHint({ owed, connected, booked, place, busy, done }: LoadDialogProps): string | null {
  const t = useWords('load')
  const link = useStore(useStores().sync, (sync) => sync?.link ?? 'not-connected')
  if (done !== null) return null
  if (!connected) return t('no-centre')
  if (busy) return t('writing')
  if (booked === 'never') return t('refund-never-booked')
  if (place === 'none') return t('insert-card')
  if (place === 'other') return t('other-card', { name: owed.name })
  if (booked === 'parked') return t('refund-parked')
  if (booked === 'waiting') return link === 'up' ? t('refund-waits') : t(`refund-waits-${link}`)
  return null
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
