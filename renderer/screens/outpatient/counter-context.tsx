/** One counter for a window. It outlasts the screen: whoever looks at the records comes back to the same patient. */

import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { invariant } from '../../../base/invariant.ts'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { createEditLane, type EditLane } from './bill/edit-lane.ts'
import { createGridStore, type GridStore } from './bill/grid-store.ts'
import { createActions, type CounterActions } from './counter-actions.ts'
import { createCounterStore, type CounterStore } from './counter.ts'
import { watchLostBill } from './watch-lost-bill.ts'

interface Counter {
  readonly store: CounterStore
  readonly lane: EditLane
  readonly grid: GridStore
  readonly actions: CounterActions
}

const CounterContext = createContext<Counter | null>(null)

export function CounterProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const terminal = useTerminal()
  const stores = useStores()
  const [counter] = useState<Counter>(() => {
    const store = createCounterStore()
    const lane = createEditLane(terminal, stores.bill)
    return { store, lane, grid: createGridStore(), actions: createActions({ terminal, stores, store, lane }) }
  })
  useEffect(() => watchLostBill(stores, counter.store), [stores, counter])
  return <CounterContext value={counter}>{children}</CounterContext>
}

export function useCounter(): Counter {
  const counter = use(CounterContext)
  invariant(counter !== null, 'a part of the counter stands outside CounterProvider')
  return counter
}
