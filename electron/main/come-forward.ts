/**
 * While a caller waits for the holder's PIN, the window stands before the caller's own: a question that lies behind another program
 * is answered by nobody. Afterwards the counter has that program again.
 */

import type { TerminalEvent } from '../contract/events.ts'

/** What is needed of Electron's BrowserWindow. */
export interface Raisable {
  isDestroyed(): boolean
  isMinimized(): boolean
  isFocused(): boolean
  restore(): void
  minimize(): void
  show(): void
  moveTop(): void
  focus(): void
  blur(): void
  setAlwaysOnTop(flag: boolean): void
  /** Its button in the task bar: a system may keep a window from taking the keyboard. */
  flashFrame(flag: boolean): void
}

type Place = 'minimised' | 'behind' | 'in-front'

/** For every event that the host tells. */
export function comeForward(window: Raisable): (event: TerminalEvent) => void {
  let before: Place | undefined
  let asked: number | undefined

  const raise = (): void => {
    before ??= placeOf(window)
    if (window.isMinimized()) window.restore()
    window.show()
    window.setAlwaysOnTop(true)
    window.moveTop()
    window.focus()
    if (!window.isFocused()) window.flashFrame(true)
  }
  const giveBack = (): void => {
    window.setAlwaysOnTop(false)
    window.flashFrame(false)
    if (before === 'minimised') window.minimize()
    else if (before === 'behind') window.blur()
    before = undefined
  }
  return (event) => {
    const question = questionIn(event)
    if (question === undefined || window.isDestroyed()) return
    const number = question?.number
    if (number === asked) return
    asked = number
    if (number === undefined) giveBack()
    else raise()
  }
}

/** null: nobody asks, or the host that asked is no more. undefined: the event does not say. */
function questionIn(event: TerminalEvent): { readonly number: number } | null | undefined {
  if (event.topic === 'driver') return event.driver.asked
  return event.topic === 'host' && event.host.state !== 'ready' ? null : undefined
}

function placeOf(window: Raisable): Place {
  if (window.isMinimized()) return 'minimised'
  return window.isFocused() ? 'in-front' : 'behind'
}
