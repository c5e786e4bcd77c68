/** Whether the card in the reader waits for its PIN to say what became of what it left open. */

import { useStore } from 'zustand'
import { useStores } from '../terminal/terminal-context.tsx'
import { waitsForPin } from './waits-for-pin.ts'

export function useWaitsForPin(): boolean {
  const stores = useStores()
  const inDoubt = useStore(stores.inDoubt)
  return useStore(stores.panel, (panel) => waitsForPin(panel, inDoubt)) !== null
}
