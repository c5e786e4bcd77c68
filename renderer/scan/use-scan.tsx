/** Who wants scans: the part that asked last, in the topmost layer of keys; so a dialog that does not ask keeps the scanner quiet. */

import { createContext, use, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { useBindings, useKeyLayer } from '../keys/hotkeys.tsx'
import { listenForScans, SYSTEM_CLOCK, type ScanClock } from './scan-listener.ts'

export interface Wanting {
  readonly layer: number
  /** What F1 lists beside the scanner. */
  readonly label: string
  readonly take: (text: string) => void
}

type Wantings = StoreApi<ReadonlyMap<symbol, Wanting>>

const createWantings = (): Wantings => createStore<ReadonlyMap<symbol, Wanting>>()(() => new Map())

const ScanContext = createContext<Wantings>(createWantings())

interface ScanProviderProps {
  readonly clock?: ScanClock
  readonly children: ReactNode
}

/** Inside the provider of keys, whose layers it goes by. */
export function ScanProvider({ clock = SYSTEM_CLOCK, children }: ScanProviderProps): ReactNode {
  const bindings = useBindings()
  const wantings = useMemo(() => createWantings(), [])
  useLayoutEffect(() => {
    const wanted = (): Wanting['take'] | null => {
      const top = Math.max(0, ...[...bindings.getState().values()].map(({ layer }) => layer))
      return [...wantings.getState().values()].findLast(({ layer }) => layer === top)?.take ?? null
    }
    return listenForScans({ clock, wanted })
  }, [bindings, wantings, clock])
  return <ScanContext value={wantings}>{children}</ScanContext>
}

/** Takes scans from the moment at which the component is shown, while it stands and `enabled` holds. */
export function useScan(label: string, take: (text: string) => void, enabled = true): void {
  const wantings = use(ScanContext)
  const layer = useKeyLayer()
  const latest = useRef(take)
  useLayoutEffect(() => {
    latest.current = take
  })
  useLayoutEffect(() => {
    if (!enabled) return undefined
    const name = Symbol(label)
    wantings.setState(new Map(wantings.getState()).set(name, { layer, label, take: (text) => latest.current(text) }), true)
    return () => {
      const left = new Map(wantings.getState())
      left.delete(name)
      wantings.setState(left, true)
    }
  }, [wantings, layer, label, enabled])
}

export const useWantings = (): Wantings => use(ScanContext)
