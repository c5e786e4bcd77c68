/** Takes the keyboard when the counter wants it here. */

import { useEffect, type RefObject } from 'react'
import { useStore } from 'zustand'
import { useCounter } from './counter-context.tsx'
import type { Place } from './counter.ts'

export function useWish(place: Place, element: RefObject<HTMLElement | null>, ready = true): void {
  const { store } = useCounter()
  const wanted = useStore(store, (state) => state.wanted === place && state.onTop === null)
  useEffect(() => {
    if (!wanted || !ready || element.current === null) return
    element.current.focus()
    store.setState({ wanted: null })
  }, [store, element, wanted, ready])
}
