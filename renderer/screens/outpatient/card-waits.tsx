/** What is in doubt on the card that lies there, at this counter: F10 is the big button's, unless a result stands in its place. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { WaitingNote } from '../../in-doubt/waiting-note.tsx'
import { useCounter } from './counter-context.tsx'

export function CardWaits(): ReactNode {
  const { store } = useCounter()
  const hasButton = useStore(store, ({ settlement }) => settlement.state === 'idle' || settlement.state === 'refused')
  return <WaitingNote enterPin={() => store.setState({ onTop: 'pin' })} hotkey={hasButton ? 'F10' : undefined} />
}
