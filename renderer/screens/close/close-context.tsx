/** The day that is being closed, for one visit to the screen. */

import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { invariant } from '../../../base/invariant.ts'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { createClose, type Close } from './close-store.ts'

const CloseContext = createContext<Close | null>(null)

export function CloseProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const terminal = useTerminal()
  const stores = useStores()
  const [close] = useState(() => createClose(terminal, stores))
  useEffect(() => close.start(), [close])
  return <CloseContext value={close}>{children}</CloseContext>
}

export function useClose(): Close {
  const close = use(CloseContext)
  invariant(close !== null, 'a part of the close stands outside CloseProvider')
  return close
}
