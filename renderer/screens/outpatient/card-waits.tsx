/** What is in doubt, at this counter: on the card that lies there F10 is the big button's, unless a result stands in its place; or on another. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { OtherCardNote } from '../../in-doubt/other-card-note.tsx'
import { WaitingNote } from '../../in-doubt/waiting-note.tsx'
import { useCounter } from './counter-context.tsx'

export function CardWaits(): ReactNode {
  const { store } = useCounter()
  const hasButton = useStore(store, ({ settlement }) => settlement.state === 'idle' || settlement.state === 'refused')
  const read = useStore(store, ({ doubtsRead }) => doubtsRead)
  return (
    <>
      <WaitingNote enterPin={() => store.setState({ onTop: 'pin' })} hotkey={hasButton ? 'F10' : undefined} />
      <OtherCardNote read={read} understand={(doubtsRead) => store.setState({ doubtsRead })} />
    </>
  )
}
