/** Whether the window itself asks for a PIN now: what another program asks for then waits. */

import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** Dialogs that stand; the window has one keyboard, so there is one count. */
const standing = createStore<number>()(() => 0)

/** In every dialog in which the window asks for a PIN. */
export function useOwnPin(): void {
  useEffect(() => {
    standing.setState((count) => count + 1, true)
    return () => standing.setState((count) => count - 1, true)
  }, [])
}

export const useIsOwnPin = (): boolean => useStore(standing, (count) => count > 0)
