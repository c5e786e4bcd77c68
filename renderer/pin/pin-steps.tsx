/** Where PINs are typed one after the other: which of them is asked for now, what went wrong, and how to go on. */

import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { RefusalNote } from '../components/refusal-note.tsx'
import { useWords } from '../i18n/use-words.ts'
import { LastTry } from './last-try.tsx'
import { PinEntry } from './pin-entry.tsx'
import { ShuffleSwitch, useShuffle } from './shuffle-switch.tsx'
import type { PinSteps } from './use-pin-steps.ts'

interface PinStepsFormProps {
  readonly pins: PinSteps
  readonly words: { readonly last: string; readonly busy: string }
  /** Keys are not listened to yet. */
  readonly deaf?: boolean
  readonly close: () => void
}

export function PinStepsForm({ pins, words, deaf = false, close }: PinStepsFormProps): ReactNode {
  const t = useWords('pin')
  const { steps, step, count, note, refusal, busy } = pins
  const [shuffle, setShuffle] = useShuffle()
  const label = steps.length === 1 ? t('title') : t(`step-${step}`)
  const isLast = step === steps.at(-1)
  return (
    <>
      {steps.length > 1 && (
        <ol className="pin__steps">
          {steps.map((each) => (
            <li key={each} aria-current={each === step ? 'step' : undefined}>
              {t(`step-${each}`)}
            </li>
          ))}
        </ol>
      )}
      {note === 'sure' && <LastTry />}
      {note !== null && note !== 'sure' && (
        <p className="pin__wiped" role="alert">
          {t(note)}
        </p>
      )}
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <PinEntry key={step} label={label} buffer={pins.buffer} count={count} typed={pins.typed} enter={pins.enter} busy={busy || deaf} shuffle={shuffle} />
      <ShuffleSwitch shuffle={shuffle} set={setShuffle} />
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {t('cancel')}
        </Button>
        <Button look={note === 'sure' ? 'danger' : 'primary'} hotkey="Enter" aria-disabled={count === 0 || busy} onClick={pins.enter}>
          {busy ? words.busy : note === 'sure' ? t('use-last-try') : isLast ? words.last : t('next')}
        </Button>
      </div>
    </>
  )
}
