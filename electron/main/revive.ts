/** A page that crashed or hangs is loaded again. The host lives on: what was begun there is shown when the page is back. */

import type { BrowserWindow } from 'electron'
import type { Timer } from '../supervisor/timer.ts'

const REVIVALS_MAX = 5
const WITHIN_MS = 60_000

export function reviveWhenGone(window: BrowserWindow, timer: Timer): void {
  let revivals: number[] = []
  const revive = (): void => {
    revivals = [...revivals.filter((at) => timer.now() - at < WITHIN_MS), timer.now()]
    // A page that dies as soon as it is there would only be made to die again.
    if (revivals.length <= REVIVALS_MAX && !window.isDestroyed()) window.webContents.reload()
  }
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') revive()
  })
  window.on('unresponsive', () => window.webContents.forcefullyCrashRenderer())
}
