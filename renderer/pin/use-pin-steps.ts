/**
 * PINs that are typed one after the other - the one that is, the new one, the new one again - and handed over together or not at
 * all. A new PIN that was typed differently is typed anew; the last try of the card is asked for twice.
 */

import { useRef, useState } from 'react'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import { PinBuffer } from './pin-buffer.ts'
import { usePinGuard, type Wiped } from './use-pin-guard.ts'

export type PinStep = 'old' | 'new' | 'again'
export type PinNote = 'differ' | 'sure' | `wiped-${Wiped}`

/** null: that step was not asked for. */
export interface TypedPins {
  readonly from: string | null
  readonly to: string | null
}

export interface PinStepsOptions {
  readonly steps: readonly [PinStep, ...PinStep[]]
  /** Of the card that the old PIN is shown to; null: it does not tell. */
  readonly triesLeft: number | null
  /** null: done, and the dialog goes. */
  readonly send: (pins: TypedPins) => Promise<RefusalView | null>
}

export interface PinSteps {
  readonly steps: readonly PinStep[]
  readonly step: PinStep
  readonly buffer: PinBuffer
  readonly count: number
  readonly note: PinNote | null
  readonly refusal: RefusalView | null
  readonly busy: boolean
  readonly typed: () => void
  readonly enter: () => void
}

const ALL = ['old', 'new', 'again'] as const

export function usePinSteps({ steps, triesLeft, send }: PinStepsOptions): PinSteps {
  const [buffers] = useState(() => ({ old: new PinBuffer(), new: new PinBuffer(), again: new PinBuffer() }))
  const [step, setStep] = useState<PinStep>(steps[0])
  const [count, setCount] = useState(0)
  const [note, setNote] = useState<PinNote | null>(null)
  const [refusal, setRefusal] = useState<RefusalView | null>(null)
  const [busy, setBusy] = useState(false)
  const sent = useRef(false)
  const wipeAll = (): void => ALL.forEach((each) => buffers[each].wipe())

  const touch = usePinGuard((reason) => {
    if (ALL.every((each) => buffers[each].length === 0)) return
    wipeAll()
    setStep(steps[0])
    setCount(0)
    setNote(`wiped-${reason}`)
  }, wipeAll)
  const go = (to: PinStep): void => {
    setStep(to)
    setCount(buffers[to].length)
    touch()
  }
  const taken = (each: PinStep): string | null => (steps.includes(each) ? buffers[each].take() : null)

  const handOver = async (): Promise<void> => {
    if (sent.current) return
    sent.current = true
    setBusy(true)
    const asked = send({ from: taken('old'), to: taken('new') })
    wipeAll()
    setCount(0)
    const refused = await asked
    if (refused === null) return
    sent.current = false
    setBusy(false)
    setRefusal(refused)
    go(steps[0])
  }
  const enter = (): void => {
    if (buffers[step].length === 0 || busy) return
    setRefusal(null)
    // One try is left: it is said before it is used, and the dialog stays where it is for once.
    if (step === 'old' && triesLeft === 1 && note !== 'sure') return setNote('sure')
    setNote(null)
    if (step === 'again' && !buffers.new.equals(buffers.again)) {
      buffers.new.wipe()
      buffers.again.wipe()
      setNote('differ')
      return go('new')
    }
    const next = steps[steps.indexOf(step) + 1]
    return next === undefined ? void handOver() : go(next)
  }
  const typed = (): void => {
    setNote(null)
    go(step)
  }
  return { steps, step, buffer: buffers[step], count, note, refusal, busy, typed, enter }
}
