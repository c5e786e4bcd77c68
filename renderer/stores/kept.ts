/** What somebody chose on a screen stays as long as the window: the screen goes, and comes back as it was left. */

import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { useStores } from '../terminal/terminal-context.tsx'
import type { Stores } from './stores.ts'

/** A hook like useState, whose value outlasts the component. Third, what it is by now, for whoever has waited meanwhile. */
export function kept<Value>(first: Value): () => readonly [Value, (value: Value) => void, () => Value] {
  interface Held {
    readonly value: Value
  }
  const stores = new WeakMap<Stores, StoreApi<Held>>()
  return () => {
    const window = useStores()
    const store = stores.get(window) ?? createStore<Held>()(() => ({ value: first }))
    stores.set(window, store)
    return [useStore(store).value, (value) => store.setState({ value }), () => store.getState().value]
  }
}
