/**
 * The PIN at a reader with keys of its own: the window asks for it to be typed there, waits, and says what came of it. No
 * digit gets here. What is under way only the pad's own cancel key ends.
 */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { CardView } from '../../electron/contract/card-view.ts'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import { Button } from '../components/button.tsx'
import { CloseButton } from '../components/close-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { RefusalNote } from '../components/refusal-note.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useTerminal } from '../terminal/terminal-context.tsx'
import { LastTry } from './last-try.tsx'
import { useOwnPin } from './own-pin.ts'
import { PinHead } from './pin-head.tsx'

interface PadDialogProps {
  readonly act: 'verify' | 'change'
  readonly card: CardView
  readonly done: () => void
  readonly close: () => void
}

type Stage =
  | { readonly kind: 'typing' }
  /** One try is left, and the person is asked whether it is really to be used. */
  | { readonly kind: 'sure' }
  | { readonly kind: 'refused'; readonly refusal: RefusalView }

export function PadDialog({ act, card, done, close }: PadDialogProps): ReactNode {
  const t = useWords('pin')
  const terminal = useTerminal()
  useOwnPin()
  const isLocked = card.triesLeft === 0
  const [stage, setStage] = useState<Stage>(card.triesLeft === 1 ? { kind: 'sure' } : { kind: 'typing' })
  const asked = useRef(false)
  const button = useRef<HTMLButtonElement>(null)

  const ask = async (lastTry: boolean): Promise<void> => {
    if (asked.current || isLocked) return
    asked.current = true
    setStage({ kind: 'typing' })
    const answer = await terminal.call(`card.${act === 'verify' ? 'verify-pin' : 'change-pin'}-on-pad`, { presence: card.presence, lastTry })
    asked.current = false
    if (answer.ok) return done()
    setStage({ kind: 'refused', refusal: answer.error })
  }
  const again = (): void => {
    if (card.triesLeft === 1 && stage.kind !== 'sure') setStage({ kind: 'sure' })
    else void ask(card.triesLeft === 1)
  }
  // Asked for as soon as the dialog stands; later only when the person says so.
  const begin = useRef(() => (card.triesLeft === 1 ? undefined : void ask(false)))
  useEffect(() => begin.current(), [])
  useEffect(() => {
    if (stage.kind !== 'typing') button.current?.focus()
  }, [stage])

  const isTyping = stage.kind === 'typing' && !isLocked
  return (
    <Dialog title={act === 'verify' ? t('title') : t('change-title')} width="25rem" close={isTyping ? () => undefined : close}>
      <PinHead card={card} />
      {stage.kind === 'refused' && <RefusalNote refusal={stage.refusal} />}
      {stage.kind === 'sure' && <LastTry />}
      {isTyping && (
        <div className="pad" role="status">
          <PadDrawing />
          <p className="pad__ask">{t(`pad-${act}`)}</p>
          <p className="pad__hint">{t('pad-hint')}</p>
        </div>
      )}
      {isLocked && <CloseButton close={close} />}
      {!isLocked && !isTyping && (
        <div className="dialog__foot">
          <Button hotkey="Esc" onClick={close}>
            {t('cancel')}
          </Button>
          <Button ref={button} look={stage.kind === 'sure' ? 'danger' : 'primary'} hotkey="Enter" onClick={again}>
            {stage.kind === 'sure' ? t('use-last-try') : t('pad-again')}
          </Button>
        </div>
      )}
    </Dialog>
  )
}

/** Nine keys and a card: where to look. */
function PadDrawing(): ReactNode {
  return (
    <svg className="pad__drawing" viewBox="0 0 96 96" width="96" height="96" aria-hidden="true" focusable="false">
      <rect className="pad__body" x="14" y="20" width="68" height="72" rx="8" />
      <rect className="pad__card" x="30" y="4" width="36" height="22" rx="3" />
      {[0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => <rect key={`${row}${column}`} className="pad__key" x={26 + column * 16} y={36 + row * 14} width="12" height="9" rx="2" />))}
      <rect className="pad__key pad__key--confirm" x="42" y="78" width="28" height="8" rx="2" />
      <rect className="pad__key pad__key--cancel" x="26" y="78" width="12" height="8" rx="2" />
    </svg>
  )
}
