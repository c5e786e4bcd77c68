/** Digits do not wait: they go when nobody types, when the window is left, and when the dialog goes. */

import { useCallback, useEffect, useRef } from 'react'

export const PIN_PATIENCE_MS = 60_000

export type Wiped = 'timeout' | 'left'

/** Calls `wipe` with the reason, and `clear` at the end. What it returns is called with every key and begins the wait anew. */
export function usePinGuard(wipe: (reason: Wiped) => void, clear: () => void): () => void {
  const latest = useRef({ wipe, clear })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    latest.current = { wipe, clear }
  })
  const touch = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => latest.current.wipe('timeout'), PIN_PATIENCE_MS)
  }, [])
  useEffect(() => {
    const left = (): void => latest.current.wipe('left')
    const hidden = (): void => (document.hidden ? left() : undefined)
    const end = (): void => latest.current.clear()
    window.addEventListener('blur', left)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      window.removeEventListener('blur', left)
      document.removeEventListener('visibilitychange', hidden)
      clearTimeout(timer.current)
      end()
    }
  }, [])
  return touch
}
