/** Dialogs of the counter, loaded when the first is opened and not before. One at a time; a card that leaves takes its own along. */

import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from './counter-context.tsx'
import type { CounterState } from './counter.ts'
import { useShownBill } from './use-shown-bill.ts'

const PinDialog = lazy(async () => ({ default: (await import('../../pin/pin-dialog.tsx')).PinDialog }))
const ChangePinDialog = lazy(async () => ({ default: (await import('../../pin/change-pin-dialog.tsx')).ChangePinDialog }))
const InDoubtDialog = lazy(async () => ({ default: (await import('../../in-doubt/in-doubt-dialog.tsx')).InDoubtDialog }))
const PassOnDialog = lazy(async () => ({ default: (await import('./pass-on-dialog.tsx')).PassOnDialog }))
const LoadFlow = lazy(async () => ({ default: (await import('../../load/load-flow.tsx')).LoadFlow }))
const WhyDrawer = lazy(async () => ({ default: (await import('./sums/why-drawer.tsx')).WhyDrawer }))

/** Fetches what the dialogs are made of while nobody waits for it. */
function useFetchedAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      void import('../../pin/pin-dialog.tsx')
      void import('../../in-doubt/in-doubt-dialog.tsx')
    }, AHEAD_MS)
    return () => clearTimeout(timer)
  }, [])
}

const AHEAD_MS = 400

export function OnTop(): ReactNode {
  const stores = useStores()
  const { store, actions } = useCounter()
  const onTop = useStore(store, (state) => state.onTop)
  const card = useStore(stores.panel, (panel) => (panel?.state === 'ready' ? panel.card : null))
  const hasBill = useShownBill() !== null
  const madeFor = useStore(stores.bill, ({ head }) => head?.madeFor ?? null)
  const isOver = card === null ? onTop === 'pin' || onTop === 'change-pin' || onTop === 'pass-on' : onTop === 'pass-on' && madeFor === null
  useFetchedAhead()
  useEffect(() => {
    if (isOver) store.setState({ onTop: null, wanted: 'action' })
  }, [store, isOver])

  const close = (wanted: CounterState['wanted']) => (): void => store.setState({ onTop: null, wanted })
  const verified = (): void => store.setState({ onTop: null, wanted: hasBill ? 'pay' : 'queue', settlement: { state: 'idle' } })
  return (
    <Suspense fallback={null}>
      {onTop === 'pin' && card !== null && (
        <PinDialog key={card.presence} card={card} verified={verified} close={close('action')} />
      )}
      {onTop === 'change-pin' && card !== null && (
        <ChangePinDialog key={card.presence} card={card} changed={verified} close={close('action')} />
      )}
      {onTop === 'pass-on' && card !== null && madeFor !== null && (
        <PassOnDialog madeFor={madeFor} holder={card.holder.name} close={close('action')} passOn={() => void actions.passOn()} />
      )}
      {onTop === 'in-doubt' && <InDoubtDialog enterPin={() => store.setState({ onTop: 'pin' })} close={close('action')} />}
      {onTop === 'load' && <Loading close={close('action')} />}
      {onTop === 'why' && <WhyDrawer close={close('action')} />}
    </Suspense>
  )
}

/** What was chosen of the card that was there then; the card may be put back meanwhile. */
function Loading({ close }: { readonly close: () => void }): ReactNode {
  const { panel } = useStores()
  const { store } = useCounter()
  const [owed] = useState(() => {
    const shown = panel.getState()
    if (shown?.state !== 'ready') return null
    const chosen = shown.card.owed.find((row) => row.owed === store.getState().toLoad)
    return chosen === undefined ? null : { ...chosen, name: shown.card.holder.name }
  })
  return owed === null ? null : <LoadFlow owed={owed} close={close} loaded={() => undefined} />
}
