/**
 * Asks for the PIN: tries left before the first digit, the last try asked twice, and nothing of it anywhere but in the
 * buffer. The card's own counter decides; the dialog says what it said.
 */

import { useRef, useState, type ReactNode } from 'react'
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
import { PadDialog } from './pad-dialog.tsx'
import { PinBuffer } from './pin-buffer.ts'
import { PinEntry } from './pin-entry.tsx'
import { PinHead } from './pin-head.tsx'
import { ShuffleSwitch, useShuffle } from './shuffle-switch.tsx'
import { usePinGuard, type Wiped } from './use-pin-guard.ts'

interface PinDialogProps {
  readonly card: CardView
  readonly verified: () => void
  readonly close: () => void
}

type Stage =
  | { readonly kind: 'typing'; readonly refusal: RefusalView | null; readonly wiped: Wiped | null }
  /** One try is left, and the person is asked whether it is really to be used. */
  | { readonly kind: 'sure' }
  | { readonly kind: 'verifying' }

const TYPING: Stage = { kind: 'typing', refusal: null, wiped: null }

export function PinDialog(props: PinDialogProps): ReactNode {
  const { card, verified, close } = props
  return card.pinOn === 'pad' ? <PadDialog act="verify" card={card} done={verified} close={close} /> : <TypedPin {...props} />
}

function TypedPin({ card, verified, close }: PinDialogProps): ReactNode {
  const t = useWords('pin')
  const terminal = useTerminal()
  useOwnPin()
  const [buffer] = useState(() => new PinBuffer())
  const [count, setCount] = useState(0)
  const [stage, setStage] = useState<Stage>(TYPING)
  const [shuffle, setShuffle] = useShuffle()
  const sent = useRef(false)
  const isLocked = card.triesLeft === 0

  const wipe = (reason: Wiped): void => {
    if (buffer.length === 0) return
    buffer.wipe()
    setCount(0)
    setStage({ kind: 'typing', refusal: null, wiped: reason })
  }
  const touch = usePinGuard(wipe, () => buffer.wipe())
  const redraw = (): void => {
    setCount(buffer.length)
    touch()
  }

  const verify = async (lastTry: boolean): Promise<void> => {
    if (sent.current) return
    sent.current = true
    setStage({ kind: 'verifying' })
    const asked = terminal.call('card.verify-pin', { presence: card.presence, pin: buffer.take(), lastTry })
    redraw()
    const answer = await asked
    sent.current = false
    if (answer.ok) return verified()
    setStage({ kind: 'typing', refusal: answer.error, wiped: null })
  }
  const enter = (): void => {
    if (buffer.length === 0 || isLocked) return
    if (card.triesLeft === 1 && stage.kind !== 'sure') setStage({ kind: 'sure' })
    else void verify(card.triesLeft === 1)
  }
  const typed = (): void => {
    redraw()
    if (stage.kind === 'typing' && (stage.refusal !== null || stage.wiped !== null)) setStage(TYPING)
    if (stage.kind === 'sure') setStage(TYPING)
  }

  return (
    <Dialog title={t('title')} width="25rem" close={close}>
      <PinHead card={card} />
      <StageNote stage={stage} />
      {isLocked ? (
        <CloseButton close={close} />
      ) : (
        <>
          <PinEntry label={t('title')} buffer={buffer} count={count} typed={typed} enter={enter} busy={stage.kind === 'verifying'} shuffle={shuffle} />
          <ShuffleSwitch shuffle={shuffle} set={setShuffle} />
          <div className="dialog__foot">
            <Button hotkey="Esc" onClick={close}>
              {t('cancel')}
            </Button>
            <Button look={stage.kind === 'sure' ? 'danger' : 'primary'} hotkey="Enter" aria-disabled={count === 0 || stage.kind === 'verifying'} onClick={enter}>
              {stage.kind === 'verifying' ? t('verifying') : stage.kind === 'sure' ? t('use-last-try') : t('verify')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

function StageNote({ stage }: { readonly stage: Stage }): ReactNode {
  const t = useWords('pin')
  if (stage.kind === 'sure') return <LastTry />
  if (stage.kind === 'typing' && stage.refusal !== null) return <RefusalNote refusal={stage.refusal} />
  if (stage.kind === 'typing' && stage.wiped !== null) {
    return (
      <p className="pin__wiped" role="status">
        {t(`wiped-${stage.wiped}`)}
      </p>
    )
  }
  return null
}
