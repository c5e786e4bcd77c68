/** The counter comes back: the keyboard is where its work goes on. */

import { useEffect, useRef } from 'react'
import { isFree } from '../../frame/use-first-focus.ts'
import { useCounter } from './counter-context.tsx'
import type { CounterState, Place } from './counter.ts'

/** `place`: where that is; null: whoever stands there takes it by itself. */
export function useReturn(place: (counter: CounterState) => Place | null): void {
  const { store } = useCounter()
  const latest = useRef(place)
  useEffect(() => {
    const counter = store.getState()
    const wanted = latest.current(counter)
    if (wanted !== null && counter.settlement.state !== 'done' && isFree()) store.setState({ wanted })
  }, [store])
}
