/** A screen that opens has the keyboard where its keys are wanted first, unless somebody is at work there already or a dialog stands. */

import { useEffect, useRef } from 'react'

/** `ready`: what is looked for stands. */
export function useFirstFocus(find: () => HTMLElement | null | undefined, ready = true): void {
  const latest = useRef(find)
  const isGiven = useRef(false)
  useEffect(() => {
    if (!ready || isGiven.current) return
    isGiven.current = true
    if (isFree()) latest.current()?.focus()
  }, [ready])
}

/** With nobody, or still where another screen was chosen. */
export function isFree(): boolean {
  const at = document.activeElement
  return at === null || at === document.body || at.closest('.frame__bar, .frame__status') !== null
}
