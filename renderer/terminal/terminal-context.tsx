/** Hands the terminal and its stores to whatever is drawn. One pair for a window; tests hand in their own. */

import { createContext, use, type ReactNode } from 'react'
import { invariant } from '../../base/invariant.ts'
import type { Terminal } from '../../electron/contract/terminal.ts'
import type { Stores } from '../stores/stores.ts'

interface Window {
  readonly terminal: Terminal
  readonly stores: Stores
}

const WindowContext = createContext<Window | null>(null)

export function TerminalProvider({ terminal, stores, children }: Window & { readonly children: ReactNode }): ReactNode {
  return <WindowContext value={{ terminal, stores }}>{children}</WindowContext>
}

function useWindow(): Window {
  const found = use(WindowContext)
  invariant(found !== null, 'a component that asks the terminal stands outside TerminalProvider')
  return found
}

export const useTerminal = (): Terminal => useWindow().terminal

export const useStores = (): Stores => useWindow().stores
