/**
 * Putting back onto a card what is owed to it: the card, its PIN, the load. A PIN serves one load, so it is asked for here, and
 * not before the centre has booked what the load is for; what then happens follows by itself. The dialog of the PIN takes the place of this one while it stands.
 */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { CardView } from '../../electron/contract/card-view.ts'
import type { LoadView } from '../../electron/contract/settlement-view.ts'
import { load as words } from '../i18n/load.ts'
import { addWords } from '../i18n/words.ts'
import { PinDialog } from '../pin/pin-dialog.tsx'
import { useStores, useTerminal } from '../terminal/terminal-context.tsx'
import { useAsk } from '../terminal/use-ask.ts'
import { LoadDialog } from './load-dialog.tsx'
import type { Owed } from './owed.ts'
import { useBooked } from './use-booked.ts'

addWords('load', words)

interface LoadFlowProps {
  readonly owed: Owed
  readonly close: () => void
  readonly loaded: (load: LoadView) => void
}

export function LoadFlow({ owed, close, loaded }: LoadFlowProps): ReactNode {
  const stores = useStores()
  const terminal = useTerminal()
  const panel = useStore(stores.panel)
  const connected = useStore(stores.sync, (sync) => sync !== null && sync.centre !== null)
  const { busy, refusal, ask } = useAsk()
  const [pinFor, setPinFor] = useState<number | null>(null)
  const [done, setDone] = useState<LoadView | null>(null)
  const booked = useBooked(owed.owed, connected)
  const card = panel?.state === 'ready' ? panel.card : null
  const stands = useRef(true)
  useEffect(() => {
    stands.current = true
    return () => {
      stands.current = false
    }
  }, [])

  const run = async (presence: number): Promise<void> => {
    const view = await ask('load.start', { presence, owed: owed.owed })
    if (view === undefined) return
    loaded(view)
    if (stands.current) setDone(view)
  }
  const start = (): void => {
    if (card === null || !isOwed(card, owed) || booked !== 'booked') return
    if (card.verified) void run(card.presence)
    else setPinFor(card.presence)
  }
  // A card that left takes its dialog along.
  if (card !== null && pinFor === card.presence) {
    const verified = (): void => {
      setPinFor(null)
      void run(card.presence)
    }
    return <PinDialog key={card.presence} card={card} verified={verified} close={() => setPinFor(null)} />
  }
  const place = card === null ? 'none' : isOwed(card, owed) ? 'right' : 'other'
  return (
    <LoadDialog
      owed={owed}
      connected={connected}
      booked={booked}
      place={place}
      verified={card?.verified === true}
      busy={busy}
      refusal={refusal}
      done={done}
      start={start}
      hurry={() => void terminal.call('sync.now', {})}
      close={close}
    />
  )
}

const isOwed = (card: CardView, { owed }: Owed): boolean => card.owed.some((row) => row.owed === owed)
