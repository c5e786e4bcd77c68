/**
 * The keyboard of the whole window. Whoever shows a key binds it here, with the words that the overview (F1) lists. A dialog
 * opens a layer: while it stands, only its own keys answer, and what lies beneath keeps quiet.
 */

import { createContext, use, useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface Binding {
  /** As `KeyboardEvent.key` names it: "F6", "Escape"; "Shift+F6" with Shift. */
  readonly key: string
  readonly label: string
  readonly layer: number
  readonly run: () => void
}

type Bindings = StoreApi<ReadonlyMap<symbol, Binding>>

interface Keys {
  readonly bindings: Bindings
  readonly layer: number
}

const KeysContext = createContext<Keys>({ bindings: createStore<ReadonlyMap<symbol, Binding>>()(() => new Map()), layer: 0 })

export function KeysProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const keys = useMemo<Keys>(() => ({ bindings: createStore<ReadonlyMap<symbol, Binding>>()(() => new Map()), layer: 0 }), [])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => answer(keys.bindings, event)
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [keys])
  return <KeysContext value={keys}>{children}</KeysContext>
}

interface KeyLayerProps {
  /** Layers that it rises; more than one where it may open over dialogs that it does not know. */
  readonly rise?: number
  readonly children: ReactNode
}

/** Around what a dialog holds. */
export function KeyLayer({ rise = 1, children }: KeyLayerProps): ReactNode {
  const { bindings, layer } = use(KeysContext)
  const above = useMemo<Keys>(() => ({ bindings, layer: layer + rise }), [bindings, layer, rise])
  return <KeysContext value={above}>{children}</KeysContext>
}

/** Binds a key while the component stands, from the moment at which it is shown; `enabled` false leaves it free. */
export function useHotkey(key: string, label: string, run: () => void, enabled = true): void {
  const { bindings, layer } = use(KeysContext)
  const latest = useRef(run)
  useLayoutEffect(() => {
    latest.current = run
  })
  useLayoutEffect(() => {
    if (!enabled) return undefined
    const name = Symbol(key)
    bindings.setState(new Map(bindings.getState()).set(name, { key, label, layer, run: () => latest.current() }), true)
    return () => {
      const left = new Map(bindings.getState())
      left.delete(name)
      bindings.setState(left, true)
    }
  }, [bindings, key, label, layer, enabled])
}

export const useBindings = (): Bindings => use(KeysContext).bindings

/** 0 for a screen; one more for each dialog above it. */
export const useKeyLayer = (): number => use(KeysContext).layer

/** The window's own keys that a stray press must not reach: find, reload, caret browsing, menu. */
const TAKEN = /^F([1-9]|10)$/

/** Enter and Space belong to what has the focus; only where nothing takes them do they go on. */
const TAKES_ENTER = 'a,button,input,select,textarea,summary,[role="listbox"],[role="grid"],[role="textbox"]'

const belongsToFocus = ({ key, target }: KeyboardEvent): boolean =>
  target instanceof Element && (((key === 'Enter' || key === ' ') && target.closest(TAKES_ENTER) !== null) || (isCharacter(key) && isText(target)))

/** A sign such as "+" is a key of the screen, unless it is typed into a field. */
const isCharacter = (key: string): boolean => key.length === 1 && key !== ' '

const isText = (target: Element): boolean => target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox')

function answer(bindings: Bindings, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || belongsToFocus(event)) return
  // Where a sign is on the keyboard, with Shift or without, is the keyboard's own matter.
  const key = event.shiftKey && !isCharacter(event.key) ? `Shift+${event.key}` : event.key
  const all = [...bindings.getState().values()]
  const top = Math.max(0, ...all.map(({ layer }) => layer))
  const bound = all.findLast((binding) => binding.layer === top && binding.key === key)
  if (bound === undefined) {
    if (TAKEN.test(event.key)) event.preventDefault()
    return
  }
  event.preventDefault()
  if (!event.repeat) bound.run()
}
