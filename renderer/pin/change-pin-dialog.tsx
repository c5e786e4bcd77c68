/** A new PIN: the old one, the new one, the new one again. The three go to the card together or not at all. */

import { useRef, useState, type ReactNode } from 'react'
import type { CardView } from '../../electron/contract/card-view.ts'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { RefusalNote } from '../components/refusal-note.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useTerminal } from '../terminal/terminal-context.tsx'
import { PadDialog } from './pad-dialog.tsx'
import { PinBuffer } from './pin-buffer.ts'
import { PinEntry } from './pin-entry.tsx'
import { PinHead } from './pin-head.tsx'
import { ShuffleSwitch, useShuffle } from './shuffle-switch.tsx'
import { usePinGuard, type Wiped } from './use-pin-guard.ts'

const STEPS = ['old', 'new', 'again'] as const
type Step = (typeof STEPS)[number]
type Note = 'differ' | 'sure' | `wiped-${Wiped}`

interface ChangePinDialogProps {
  readonly card: CardView
  readonly changed: () => void
  readonly close: () => void
}

export function ChangePinDialog(props: ChangePinDialogProps): ReactNode {
  const { card, changed, close } = props
  return card.pinOn === 'pad' ? <PadDialog act="change" card={card} done={changed} close={close} /> : <TypedChange {...props} />
}

function TypedChange({ card, changed, close }: ChangePinDialogProps): ReactNode {
  const t = useWords('pin')
  const change = useChange(card, changed)
  const { step, note, refusal, busy } = change
  const [shuffle, setShuffle] = useShuffle()
  return (
    <Dialog title={t('change-title')} width="25rem" close={close}>
      <PinHead card={card} />
      <ol className="pin__steps">
        {STEPS.map((each) => (
          <li key={each} aria-current={each === step ? 'step' : undefined}>
            {t(`step-${each}`)}
          </li>
        ))}
      </ol>
      {note !== null && (
        <p className="pin__wiped" role="alert">
          {t(note)}
        </p>
      )}
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <PinEntry key={step} label={t(`step-${step}`)} buffer={change.buffer} count={change.count} typed={change.typed} enter={change.enter} busy={busy} shuffle={shuffle} />
      <ShuffleSwitch shuffle={shuffle} set={setShuffle} />
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {t('cancel')}
        </Button>
        <Button look="primary" hotkey="Enter" aria-disabled={change.count === 0 || busy} onClick={change.enter}>
          {busy ? t('changing') : step === 'again' ? t('change') : t('next')}
        </Button>
      </div>
    </Dialog>
  )
}

interface Change {
  readonly step: Step
  readonly buffer: PinBuffer
  readonly count: number
  readonly note: Note | null
  readonly refusal: RefusalView | null
  readonly busy: boolean
  readonly typed: () => void
  readonly enter: () => void
}

function useChange(card: CardView, changed: () => void): Change {
  const terminal = useTerminal()
  const [buffers] = useState(() => ({ old: new PinBuffer(), new: new PinBuffer(), again: new PinBuffer() }))
  const [step, setStep] = useState<Step>('old')
  const [count, setCount] = useState(0)
  const [note, setNote] = useState<Note | null>(null)
  const [refusal, setRefusal] = useState<RefusalView | null>(null)
  const [busy, setBusy] = useState(false)
  const sent = useRef(false)
  const wipeAll = (): void => STEPS.forEach((each) => buffers[each].wipe())

  const touch = usePinGuard((reason) => {
    if (STEPS.every((each) => buffers[each].length === 0)) return
    wipeAll()
    setStep('old')
    setCount(0)
    setNote(`wiped-${reason}`)
  }, wipeAll)
  const go = (to: Step): void => {
    setStep(to)
    setCount(buffers[to].length)
    touch()
  }

  const send = async (): Promise<void> => {
    if (sent.current) return
    sent.current = true
    setBusy(true)
    const lastTry = card.triesLeft === 1
    const asked = terminal.call('card.change-pin', { presence: card.presence, from: buffers.old.take(), to: buffers.new.take(), lastTry })
    wipeAll()
    const answer = await asked
    sent.current = false
    if (answer.ok) return changed()
    setBusy(false)
    setRefusal(answer.error)
    go('old')
  }
  const enter = (): void => {
    if (buffers[step].length === 0 || busy) return
    setRefusal(null)
    if (step === 'old') {
      // One try is left: it is said before it is used, and the dialog stays where it is for once.
      if (card.triesLeft === 1 && note !== 'sure') return setNote('sure')
      setNote(null)
      return go('new')
    }
    if (step === 'new') return go('again')
    if (buffers.new.equals(buffers.again)) return void send()
    buffers.new.wipe()
    buffers.again.wipe()
    setNote('differ')
    go('new')
  }
  const typed = (): void => {
    if (note !== 'sure') setNote(null)
    go(step)
  }
  return { step, buffer: buffers[step], count, note, refusal, busy, typed, enter }
}
