/**
 * What is seen only while somebody holds on to it: asked for when finger or key goes down, gone when it comes up, when the
 * pointer leaves, when another window takes the keyboard. Kept nowhere else.
 */

import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'

export interface Held {
  /** null: nobody holds. */
  readonly shown: string | null
  /** For a button. */
  readonly handlers: {
    readonly onPointerDown: () => void
    readonly onPointerLeave: () => void
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onKeyUp: () => void
    readonly onBlur: () => void
    readonly onContextMenu: (event: MouseEvent) => void
  }
}

/** `ask` gives null for what there is not. */
export function useHeld(ask: () => Promise<string | null>): Held {
  const [shown, show] = useState<string | null>(null)
  const held = useRef(false)
  const letGo = (): void => {
    held.current = false
    show(null)
  }
  useEffect(() => {
    const release = (): void => {
      held.current = false
      show(null)
    }
    window.addEventListener('blur', release)
    window.addEventListener('pointerup', release)
    return () => {
      window.removeEventListener('blur', release)
      window.removeEventListener('pointerup', release)
    }
  }, [])
  const hold = async (): Promise<void> => {
    if (held.current) return
    held.current = true
    const answer = await ask()
    if (held.current) show(answer)
  }
  return {
    shown,
    handlers: {
      onPointerDown: () => void hold(),
      onPointerLeave: letGo,
      onKeyDown: (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        event.stopPropagation()
        void hold()
      },
      onKeyUp: letGo,
      onBlur: letGo,
      onContextMenu: (event) => event.preventDefault()
    }
  }
}
