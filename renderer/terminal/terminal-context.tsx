/** Hands the terminal and its stores to whatever is drawn. One pair for a window; tests hand in their own. */

import { createContext, use, type ReactNode } from 'react'
import { useStore } from 'zustand'
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

/** Whose till it is: a pharmacy sells, a hospital takes bills from its queue. */
export const useIsPharmacy = (): boolean => useStore(useWindow().stores.till, (till) => till?.institution.kind === 'pharmacy')

export const useStores = (): Stores => useWindow().stores
