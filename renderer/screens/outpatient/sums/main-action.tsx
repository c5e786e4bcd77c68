/** The one big button: it says what comes next and does it. F10 from anywhere, Enter when it has the keyboard. */

import { useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { never } from '../../../../base/invariant.ts'
import { Amount } from '../../../components/amount.tsx'
import { Button } from '../../../components/button.tsx'
import { RefusalNote } from '../../../components/refusal-note.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useIsPharmacy, useStores } from '../../../terminal/terminal-context.tsx'
import { isNothing } from '../counter-actions.ts'
import { openCell } from '../bill/open-cell.ts'
import { useCounter } from '../counter-context.tsx'
import type { NextStep } from '../next-step.ts'
import { useNextStep } from '../use-next-step.ts'
import { useShownBill } from '../use-shown-bill.ts'
import { useWish } from '../use-wish.ts'

export function MainAction(): ReactNode {
  const t = useWords('outpatient')
  const { store } = useCounter()
  const bill = useShownBill()
  const settlement = useStore(store, (state) => state.settlement)
  const step = useNextStep()
  const button = useRef<HTMLButtonElement>(null)
  const run = useStep(step)
  const isRunning = settlement.state === 'running'
  useHotkey('F10', t('main-action'), run, !isRunning)
  useHotkey('Enter', t('main-action'), run, !isRunning)
  useWish('action', button)
  useWish('pay', button, step.kind === 'settle' && isNothing(step.cash))
  const isPharmacy = useIsPharmacy()
  const idle = isRunning || IDLE.has(step.kind)
  const isShort = useStore(store, ({ received }) => received.refusal !== null) && step.kind === 'settle'
  return (
    <div className="main-action">
      {settlement.state === 'refused' && bill !== null && <RefusalNote refusal={settlement.refusal} />}
      {settlement.state !== 'refused' && OF_BILL.has(step.kind) && 'refusal' in step && <RefusalNote refusal={step.refusal} />}
      <Button ref={button} look="primary" hotkey="F10" className="main-action__button" aria-disabled={idle || isShort} data-step={isRunning ? 'settling' : step.kind} onClick={idle ? undefined : run}>
        {isRunning ? t('settling') : <StepWords step={step} isPharmacy={isPharmacy} />}
      </Button>
    </div>
  )
}

/** Nothing to press: what has to happen first happens elsewhere. */
const IDLE = new Set<NextStep['kind']>(['wait', 'no-host', 'ledger-older', 'card-refused', 'bill-refused'])

/** What stands against the bill is said above the button. */
const OF_BILL = new Set<NextStep['kind']>(['bill-refused', 'their-card', 'open-theirs'])

function StepWords({ step, isPharmacy }: { readonly step: NextStep; readonly isPharmacy: boolean }): ReactNode {
  const t = useWords('outpatient')
  if (step.kind === 'pick-bill' && isPharmacy) return t('step-start-sale')
  if (step.kind === 'mend-lines') return t('step-mend-lines', { count: step.count })
  if (step.kind === 'open-theirs') return t('step-open-theirs', { holder: step.holder })
  if (step.kind !== 'settle') return t(`step-${step.kind}`)
  return (
    <>
      {t('step-settle')} {isNothing(step.cash) ? t('step-no-cash') : <Amount of={step.cash} mark />}
    </>
  )
}

function useStep(step: NextStep): () => void {
  const { store, actions, grid } = useCounter()
  const { bill, reader } = useStores()
  const isVirtual = useStore(reader, (shown) => shown?.kind === 'virtual')
  const isPharmacy = useIsPharmacy()
  return () => {
    switch (step.kind) {
      case 'wait':
      case 'no-host':
      case 'ledger-older':
      case 'card-refused':
      case 'bill-refused':
        return undefined
      case 'pick-bill':
        return store.setState({ wanted: isPharmacy ? 'search' : 'queue' })
      case 'open-theirs':
        return void actions.pick(step.file)
      case 'insert-card':
      case 'their-card':
        return store.setState({ readerOpen: isVirtual })
      case 'add-lines':
        return store.setState({ wanted: 'search' })
      case 'mend-lines':
        grid.setState({ cell: openCell(bill.getState()), editing: null, leaving: null })
        return store.setState({ wanted: 'grid' })
      case 'pass-on':
        return store.setState({ onTop: 'pass-on' })
      case 'enter-pin':
      case 'prove-pin':
        return store.setState({ onTop: 'pin' })
      case 'change-pin':
        return store.setState({ onTop: 'change-pin' })
      case 'settle':
        return void actions.settle()
      default:
        return never(step)
    }
  }
}
