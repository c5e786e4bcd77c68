/**
 * Who had the keyboard before a dialog took it has it again afterwards: whoever looks at something and leaves it with Escape goes on
 * where he was. One dialog may take the place of another, so it is whoever had it outside all of them. Nobody loses it who has taken it meanwhile.
 */

import { useEffect, useState } from 'react'
import { isFree } from '../frame/use-first-focus.ts'

const DIALOG = '[role="dialog"]'

let outside: Element | null = null

export function useGivesBack(): void {
  useState(() => {
    const at = document.activeElement
    if (at?.closest(DIALOG) === null) outside = at
    return null
  })
  useEffect(
    () => () => {
      if (isFree() && document.querySelector(DIALOG) === null && outside instanceof HTMLElement && outside.isConnected) outside.focus({ preventScroll: true })
    },
    []
  )
}
